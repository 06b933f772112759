; Sorts 12 signed bytes at $0200 by insertion, comparing with the overflow flag.
; expect $0200 = 80 c0 fb fe ff 00 01 02 03 40 64 7f
.org $0400
list = $0200
count = 12
key = $10

        ldx #count-1
copy:   lda data,x
        sta list,x
        dex
        bpl copy

        ldx #1
outer:  lda list,x
        sta key
        txa
        tay
inner:  lda key
        sec
        sbc list-1,y    ; the key is less, both signed: N differs from V
        bvc no_overflow
        eor #$80
no_overflow: bpl place
        lda list-1,y
        sta list,y
        dey
        bne inner
place:  lda key
        sta list,y
        inx
        cpx #count
        bne outer
done:   jmp done

data:   .byte $fb, $64, $80, $7f, $00, $03, $ff, $40, $c0, $02, $01, $fe
