; Copies a text that ends in 0 to $0200 and, from its end, to $0240.
; expect $0200 = 61 20 6d 61 6e 2c 20 61 20 70 6c 61 6e 2c 20 61
; expect $0210 = 20 63 61 6e 61 6c 00
; expect $0240 = 6c 61 6e 61 63 20 61 20 2c 6e 61 6c 70 20 61 20
; expect $0250 = 2c 6e 61 6d 20 61 00
.org $0400
source = $60
target = $62

        lda #<text
        sta source
        lda #>text
        sta source+1
        ldy #0
copy:   lda (source),y
        sta $0200,y
        beq copied
        pha             ; the stack turns it round
        iny
        bne copy

copied: sty $64
        ldx #0
back:   cpx $64
        beq end
        pla
        sta $0240,x
        inx
        bne back
end:    lda #0
        sta $0240,x
done:   jmp done

text:   .byte "a man, a plan, a canal", 0
