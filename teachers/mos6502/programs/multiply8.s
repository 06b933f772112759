; Multiplies six pairs of bytes by shifting and adding; the 16-bit products lie at $0200, low byte first.
; expect $0200 = 8f 00 01 fe 00 00 c8 00 00 01 07 27
.org $0400
multiplier = $10
multiplicand = $11
out = $0200
count = 6

        ldx #0
        ldy #0
each:   lda left,x
        sta multiplier
        lda right,x
        sta multiplicand
        jsr multiply
        sta out+1,y
        lda multiplier
        sta out,y
        iny
        iny
        inx
        cpx #count
        bne each
done:   jmp done

; multiplier * multiplicand: high byte in A, low byte in multiplier
multiply: txa
        pha
        lda #0
        ldx #8
        lsr multiplier
bit:    bcc skip
        clc
        adc multiplicand
skip:   ror a
        ror multiplier
        dex
        bne bit
        sta $12
        pla
        tax
        lda $12
        rts

left:   .byte 13, 255, 0, 1, 128, 97
right:  .byte 11, 255, 77, 200, 2, 103
