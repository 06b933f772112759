; A feedback shift register of 16 bits (b400, from ace1): the first 20 low bytes at $0200; at $0220 after how many
; shifts it is back.
; expect $0200 = 70 38 9c 4e 27 13 89 c4 62 b1 58 2c 16 8b c5 62
; expect $0210 = b1 d8 6c b6
; expect $0220 = ff ff
.org $0400
low = $10
high = $11
count = $0220

        jsr start
        ldx #0
first:  jsr shift
        lda low
        sta $0200,x
        inx
        cpx #20
        bne first

        jsr start
        lda #0
        sta count
        sta count+1
period: jsr shift
        inc count
        bne no_page
        inc count+1
no_page: lda low
        cmp #$e1
        bne period
        lda high
        cmp #$ac
        bne period
done:   jmp done

start:  lda #$e1
        sta low
        lda #$ac
        sta high
        rts

shift:  lsr high
        ror low
        bcc end
        lda high
        eor #$b4
        sta high
end:    rts
