; The first 30 Fibonacci numbers in decimal, three bytes of two digits each from $0200, lowest first.
; expect $0200 = 00 00 00 01 00 00 01 00 00 02 00 00 03 00 00 05
; expect $0210 = 00 00 08 00 00 13 00 00 21 00 00 34 00 00 55 00
; expect $0220 = 00 89 00 00 44 01 00 33 02 00 77 03 00 10 06 00
; expect $0230 = 87 09 00 97 15 00 84 25 00 81 41 00 65 67 00 46
; expect $0240 = 09 01 11 77 01 57 86 02 68 63 04 25 50 07 93 13
; expect $0250 = 12 18 64 19 11 78 31 29 42 51
.org $0400
        lda #0
        ldx #5
clear:  sta $0200,x
        dex
        bpl clear
        inc $0203
        sed
        ldx #0
        ldy #28
next:   clc
        lda $0200,x
        adc $0203,x
        sta $0206,x
        lda $0201,x
        adc $0204,x
        sta $0207,x
        lda $0202,x
        adc $0205,x
        sta $0208,x
        inx
        inx
        inx
        dey
        bne next
        cld
done:   jmp done
