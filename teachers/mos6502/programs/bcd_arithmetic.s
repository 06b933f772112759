; Adds and subtracts eight-digit decimal numbers, four bytes of two digits, lowest first. At $0200 the sum, at $0204 its
; carry, at $0208 the difference, at $020c the reverse difference (with borrow), at $0210 its carry.
; expect $0200 = 10 11 11 11 01
; expect $0208 = 54 97 41 86
; expect $020c = 46 02 58 13 00
.org $0400
        sed
        clc
        ldx #0
        ldy #4
add:    lda first,x
        adc second,x
        sta $0200,x
        inx
        dey
        bne add
        lda #0
        rol a
        sta $0204

        sec
        ldx #0
        ldy #4
less:   lda first,x
        sbc second,x
        sta $0208,x
        inx
        dey
        bne less

        sec
        ldx #0
        ldy #4
more:   lda second,x
        sbc first,x
        sta $020c,x
        inx
        dey
        bne more
        lda #0
        rol a
        sta $0210
        cld
done:   jmp done

first:  .byte $32, $54, $76, $98
second: .byte $78, $56, $34, $12
