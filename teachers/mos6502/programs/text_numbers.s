; Bytes as text: hexadecimal at $0200, decimal with leading zeros at $0210, and the sum of the bytes, read back from the
; hexadecimal text, at $0220, 16 bits. Capital letters of the first text made small at $0230.
; expect $0200 = 30 30 39 46 41 35 46 46
; expect $0210 = 30 30 30 31 35 39 31 36 35 32 35 35
; expect $0220 = 43 02
; expect $0230 = 30 30 39 66 61 35 66 66
.org $0400
count = 4

        ldx #0
        ldy #0
hex:    lda bytes,x
        lsr a
        lsr a
        lsr a
        lsr a
        jsr digit
        lda bytes,x
        and #$0f
        jsr digit
        inx
        cpx #count
        bne hex

        ldx #0
        ldy #0
decimal: lda bytes,x
        stx $10
        ldx #2
place:  pha
        lda #'0'
        sta $0210,y
        pla
again:  cmp powers,x
        bcc next
        sbc powers,x
        pha
        lda $0210,y
        adc #0          ; the carry is still set
        sta $0210,y
        pla
        jmp again
next:   iny
        dex
        bpl place
        ldx $10
        inx
        cpx #count
        bne decimal

        lda #0
        sta $0220
        sta $0221
        tax
sum:    jsr value
        asl a
        asl a
        asl a
        asl a
        sta $11
        jsr value
        ora $11
        clc
        adc $0220
        sta $0220
        lda $0221
        adc #0
        sta $0221
        cpx #count+count
        bne sum

        ldx #count+count
small:  lda $01ff,x
        cmp #'A'
        bcc keep
        cmp #'Z'+1
        bcs keep
        ora #$20
keep:   sta $022f,x
        dex
        bne small
done:   jmp done

; the digit in A, as text, to the next place
digit:  cmp #10
        bcc figure
        adc #6          ; and the carry
figure: adc #'0'
        sta $0200,y
        iny
        rts

; the value of the next digit
value:  lda $0200,x
        inx
        sec
        sbc #'0'
        cmp #10
        bcc got
        sbc #7
got:    rts

powers: .byte 1, 10, 100
bytes:  .byte $00, $9f, $a5, $ff
