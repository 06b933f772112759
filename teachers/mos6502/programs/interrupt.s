; BRK through the vector at $fffe: the handler keeps the byte after each BRK in a list at $0201, their number at $0200,
; the status that was pushed at $0210 (with the break bit), and the interrupt flag inside of the handler at $0220. At
; $0230 is what A and X hold afterwards: a handler that keeps them leaves them alone. At $0232 the status after the
; first return.
; expect $0200 = 03 11 22 33
; expect $0210 = 31 31 33
; expect $0220 = 04 04 04
; expect $0230 = 5a a5
; expect $0232 = 31
.org $0400
pointer = $30

        ldx #$ff
        txs
        cli
        cld
        clv
        lda #0
        sta $0200
        lda #$5a
        ldx #$a5
        ldy #1          ; neither zero nor negative
        sec
        brk
        .byte $11
        php
        brk
        .byte $22
        sta $0230
        stx $0231
        pla
        sta $0232
        ldy #0
        brk
        .byte $33
done:   jmp done

handler: sta $20
        stx $21
        sty $22
        cld
        tsx
        lda $0101,x     ; the status
        ldy $0200
        sta $0210,y
        lda $0102,x     ; the return address is behind the byte
        sec
        sbc #1
        sta pointer
        lda $0103,x
        sbc #0
        sta pointer+1
        php
        pla
        and #$04
        sta $0220,y
        inc $0200
        ldx #0
        lda (pointer,x)
        sta $0201,y
        lda $20
        ldx $21
        ldy $22
        rti

.org $fffe
.word handler
