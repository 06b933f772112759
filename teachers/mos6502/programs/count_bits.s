; Counts the ones of eight bytes in two ways, by shifts at $0200 and by clearing the lowest at $0208; their parity as
; one byte at $0210.
; expect $0200 = 00 01 01 08 04 04 04 05 00 01 01 08 04 04 04 05
; expect $0210 = 61
.org $0400
        ldx #7
each:   lda bytes,x
        ldy #0
shift:  asl a
        bcc zero
        iny
zero:   cmp #0
        bne shift
        tya
        sta $0200,x
        lsr a
        ror $0210       ; the last one shifted in becomes bit 7

        lda bytes,x
        ldy #0
lowest: sta $10
        lda $10
        beq none
        sec
        sbc #1
        and $10
        iny
        bne lowest
none:   tya
        sta $0208,x
        dex
        bpl each
done:   jmp done

bytes:  .byte $00, $01, $80, $ff, $55, $aa, $f0, $6d
