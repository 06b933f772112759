; Multiplies three pairs of 16-bit numbers; the 32-bit products lie at $0200, low byte first.
; expect $0200 = 60 00 26 06 01 00 fe ff cd 3c 02 00
.org $0400
left = $20
right = $22
product = $24   ; four bytes
out = $0200

        ldx #0
        stx $30         ; where the pair begins
        stx $31         ; where the product goes
each:   ldx $30
        ldy #0
load:   lda pairs,x
        sta left,y
        inx
        iny
        cpy #4
        bne load
        stx $30
        jsr multiply
        ldy $31
        ldx #0
store:  lda product,x
        sta out,y
        iny
        inx
        cpx #4
        bne store
        sty $31
        cpy #12
        bne each
done:   jmp done

multiply: lda #0
        sta product+2
        sta product+3
        ldx #16
bit:    lsr left+1
        ror left
        bcc shift
        clc
        lda product+2
        adc right
        sta product+2
        lda product+3
        adc right+1
        sta product+3
shift:  ror product+3
        ror product+2
        ror product+1
        ror product
        dex
        bne bit
        rts

pairs:  .word $1234, $5678, $ffff, $ffff, $beef, $0003
