; Adds four pairs of 32-bit numbers: sums at $0200, low byte first; at $0210 for each: bit 0 the carry, bit 1 the signed
; overflow.
; expect $0200 = 68 35 f1 ac 00 00 00 00 fe ff ff ff 00 00 00 00
; expect $0210 = 00 01 02 00
.org $0400
        ldx #0          ; in the pairs
        ldy #0          ; in the sums
each:   lda #4
        sta $10
        clc
add:    lda pairs,x
        adc pairs+4,x
        sta $0200,y
        inx
        iny
        dec $10         ; leaves carry and overflow alone
        bne add
        lda #0
        bvc no_overflow
        ora #2
no_overflow: bcc no_carry
        ora #1
no_carry: sta $11
        tya
        lsr a
        lsr a
        stx $12
        tax
        lda $11
        sta $020f,x     ; one more than the number of this pair
        lda $12
        clc
        adc #4
        tax
        cpy #16
        bne each
done:   jmp done

pairs:  .word $5678, $1234, $def0, $9abc
        .word $ffff, $ffff, $0001, $0000
        .word $ffff, $7fff, $ffff, $7fff
        .word $0000, $0000, $0000, $0000
