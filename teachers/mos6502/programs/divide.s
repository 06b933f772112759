; Divides 16-bit numbers; at $0200 quotient and remainder of each of five pairs, 16 bits, low byte first.
; expect $0200 = e6 1b 06 00 ff 00 ff 00 01 00 00 00 00 00 03 00
; expect $0210 = b9 01 4e 00
.org $0400
dividend = $40  ; becomes the quotient
divisor = $42
rest = $44
from = $50
to = $52

        lda #<pairs
        sta from
        lda #>pairs
        sta from+1
        lda #<$0200
        sta to
        lda #>$0200
        sta to+1
        lda #5
        sta $54
each:   ldy #3
load:   lda (from),y
        sta dividend,y
        dey
        bpl load
        jsr divide
        ldy #0
        lda dividend
        sta (to),y
        iny
        lda dividend+1
        sta (to),y
        iny
        lda rest
        sta (to),y
        iny
        lda rest+1
        sta (to),y
        clc
        lda from
        adc #4
        sta from
        bcc no_page
        inc from+1
no_page: lda to
        clc
        adc #4
        sta to
        dec $54
        bne each
done:   jmp done

divide: lda #0
        sta rest
        sta rest+1
        ldx #16
bit:    asl dividend
        rol dividend+1
        rol rest
        rol rest+1
        bcs fits        ; the rest has 17 bits: it certainly fits
        lda rest
        cmp divisor
        lda rest+1
        sbc divisor+1
        bcc next
fits:   lda rest
        sec
        sbc divisor
        sta rest
        lda rest+1
        sbc divisor+1
        sta rest+1
        inc dividend
next:   dex
        bne bit
        rts

.org $05fc      ; the list runs across the end of a page
pairs:  .word 50000, 7, 65535, 256, 1000, 1000, 3, 40000, 54321, 123
