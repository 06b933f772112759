; Greatest common divisors of six pairs of bytes at $0200, by subtraction; at $0208 their least common multiples, 16
; bits.
; expect $0200 = 0c 55 01 02 09 01
; expect $0208 = 90 00 ff 00 55 00 90 15 09 00 c8 00
.org $0400
m = $10
n = $11
low = $12
high = $13

        ldx #5
each:   lda left,x
        sta m
        lda right,x
        sta n
loop:   lda m
        cmp n
        beq found
        bcc smaller
        sbc n           ; the carry is set
        sta m
        jmp loop
smaller: lda n
        sec
        sbc m
        sta n
        bcs loop
found:  sta $0200,x

        lda #0          ; left added up until the divisor has used up right
        sta low
        sta high
        ldy right,x
add:    clc
        lda low
        adc left,x
        sta low
        bcc no_carry
        inc high
no_carry: tya
        sec
        sbc m
        tay
        bne add
        txa
        asl a
        tay
        lda low
        sta $0208,y
        lda high
        sta $0209,y
        dex
        bpl each
done:   jmp done

left:   .byte 48, 255, 17, 240, 9, 1
right:  .byte 36, 85, 5, 46, 9, 200
