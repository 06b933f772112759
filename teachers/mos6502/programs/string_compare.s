; Lengths of five texts at $0200; at $0210 each compared with the next: 0 equal, 1 greater, ff less.
; expect $0200 = 05 06 06 05 00
; expect $0210 = ff ff 01 01
.org $0400
left = $fe      ; a pointer at the very end of the zero page
right = $80

        ldx #0
lengths: txa
        asl a
        tay
        lda table,y
        sta left
        lda table+1,y
        sta left+1
        jsr length
        tya
        sta $0200,x
        inx
        cpx #5
        bne lengths

        ldx #0
pairs:  txa
        asl a
        tay
        lda table,y
        sta left
        lda table+1,y
        sta left+1
        lda table+2,y
        sta right
        lda table+3,y
        sta right+1
        jsr compare
        sta $0210,x
        inx
        cpx #4
        bne pairs
done:   jmp done

length: ldy #$ff
count:  iny
        lda (left),y
        bne count
        rts

compare: ldy #0
next:   lda (left),y
        cmp (right),y
        bne differ
        iny
        cmp #0
        bne next
        rts             ; A is 0
differ: bcc less
        lda #1
        rts
less:   lda #$ff
        rts

t0:     .byte "apple", 0
t1:     .byte "apples", 0
t2:     .byte "banana", 0
t3:     .byte "apple", 0
t4:     .byte 0
table:  .word t0, t1, t2, t3, t4
