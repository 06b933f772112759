; Factorials from 0 to 8 by recursion, with the argument kept on the stack; 16 bits each at $0200, low byte first.
; expect $0200 = 01 00 01 00 02 00 06 00 18 00 78 00 d0 02 b0 13
; expect $0210 = 80 9d
.org $0400
low = $10
high = $11
sum = $12       ; two bytes

        ldx #0
each:   stx $20
        txa
        jsr factorial
        lda $20
        asl a
        tay
        lda low
        sta $0200,y
        lda high
        sta $0201,y
        ldx $20
        inx
        cpx #9
        bne each
done:   jmp done

; high:low = A!
factorial: cmp #2
        bcs deeper
        lda #1
        sta low
        lda #0
        sta high
        rts
deeper: pha
        sec
        sbc #1
        jsr factorial
        pla
        tax
        lda #0
        sta sum
        sta sum+1
again:  clc
        lda sum
        adc low
        sta sum
        lda sum+1
        adc high
        sta sum+1
        dex
        bne again
        lda sum
        sta low
        lda sum+1
        sta high
        rts
