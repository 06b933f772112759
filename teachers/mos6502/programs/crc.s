; Check sums of "123456789": CRC-8 (polynomial 07) at $0200, CRC-16 (1021, from ffff) at $0201, low byte first.
; expect $0200 = f4 b1 29
.org $0400
low = $0201
high = $0202

        lda #0
        ldx #0
byte8:  eor text,x
        ldy #8
bit8:   asl a
        bcc zero8
        eor #$07
zero8:  dey
        bne bit8
        inx
        cpx #text_end-text
        bne byte8
        sta $0200

        lda #$ff
        sta low
        sta high
        ldx #0
byte16: lda text,x
        eor high
        sta high
        ldy #8
bit16:  asl low
        rol high
        bcc zero16
        lda low
        eor #$21
        sta low
        lda high
        eor #$10
        sta high
zero16: dey
        bne bit16
        inx
        cpx #text_end-text
        bne byte16
done:   jmp done

text:   .byte "123456789"
text_end:
