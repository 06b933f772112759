; The product of two 3x3 matrices of bytes at $0200, row by row, by (pointer,x) and nested loops.
; expect $0200 = 1e 18 12 54 45 36 8a 72 5a
.org $0400
pointers = $40  ; left, right, result
left = pointers
right = pointers+2
result = pointers+4
row = $50
column = $51
inner = $52
sum = $53

        ldx #5
set:    lda start,x
        sta pointers,x
        dex
        bpl set
        lda #3
        sta row
rows:   lda #3
        sta column
columns: lda #3
        sta inner
        lda #0
        sta sum
cells:  ldx #right-pointers
        lda (pointers,x)
        tay             ; so often
        beq none
        ldx #left-pointers
        lda sum
times:  clc
        adc (pointers,x)
        dey
        bne times
        sta sum
none:   inc left        ; on in the row
        clc
        lda right       ; down in the column
        adc #3
        sta right
        dec inner
        bne cells
        ldx #result-pointers
        lda sum
        sta (pointers,x)
        inc result
        sec
        lda left        ; back to the start of the row
        sbc #3
        sta left
        lda right       ; to the top of the next column
        sbc #8
        sta right
        dec column
        bne columns
        clc
        lda left
        adc #3
        sta left
        sec
        lda right
        sbc #3
        sta right
        dec row
        bne rows
done:   jmp done

start:  .word one, two, $0200
.org $0600
one:    .byte 1, 2, 3, 4, 5, 6, 7, 8, 9
two:    .byte 9, 8, 7, 6, 5, 4, 3, 2, 1
