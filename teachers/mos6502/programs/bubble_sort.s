; Sorts 16 unsigned bytes in place at $0200 by swapping neighbours until nothing moves.
; expect $0200 = 00 00 01 10 12 12 37 55 64 7f 80 81 aa c3 fe ff
.org $0400
list = $0200
count = 16
swapped = $10

        ldx #0
copy:   lda data,x
        sta list,x
        inx
        cpx #count
        bne copy

pass:   lda #0
        sta swapped
        ldx #0
next:   lda list,x
        cmp list+1,x
        bcc ordered
        beq ordered
        pha
        lda list+1,x
        sta list,x
        pla
        sta list+1,x
        inc swapped
ordered: inx
        cpx #count-1
        bne next
        lda swapped
        bne pass
done:   jmp done

data:   .byte $37, $ff, $00, $80, $12, $7f, $12, $c3, $01, $fe, $55, $aa, $10, $81, $00, $64
