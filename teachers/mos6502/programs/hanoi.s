; The towers of Hanoi with 5 discs: at $0200 how many moves, from $0201 each move as two digits.
; expect $0200 = 1f 13 12 32 13 21 23 13 12 32 31 21 32 13 12 32
; expect $0210 = 13 21 23 13 21 32 31 21 23 13 12 32 13 21 23 13
.org $0400
from = $10
to = $11
via = $12

        ldx #$ff
        txs
        lda #0
        sta $0200
        lda #1
        sta from
        lda #3
        sta to
        lda #2
        sta via
        lda #5
        jsr move
done:   jmp done

; moves A discs
move:   cmp #0
        beq back
        pha             ; how many, seen from below as $0101,x
        sec
        sbc #1
        jsr swap_to
        jsr move
        jsr swap_to
        lda from
        asl a
        asl a
        asl a
        asl a
        ora to
        inc $0200
        ldy $0200
        sta $0200,y
        jsr swap_from
        tsx
        lda $0101,x
        sec
        sbc #1
        jsr move
        jsr swap_from
        pla
back:   rts

; both keep A
swap_to: ldx to
        ldy via
        stx via
        sty to
        rts
swap_from: ldx from
        ldy via
        stx via
        sty from
        rts
