; Code that changes itself: a copy loop that counts up the addresses in its own instructions puts 300 bytes at $0500 to
; $0700; a routine made byte by byte at $0300 adds a number to A that is written into it. Squares of 0 to 15 lie at
; $0200.
; expect $0200 = 00 01 04 09 10 19 24 31 40 51 64 79 90 a9 c4 e1
; expect $0700 = 01 08 0f 16 1d 24 2b 32
; expect $0824 = fd 04 0b 12 19 20 27 2e 00
.org $0400
        lda #$18        ; clc
        sta $0300
        lda #$69        ; adc #
        sta $0301
        lda #$60        ; rts
        sta $0303
        lda #1          ; the odd numbers add up to squares
        sta $0302
        ldx #0
        txa
squares: sta $0200,x
        jsr $0300
        inc $0302
        inc $0302
        inx
        cpx #16
        bne squares

        lda #7          ; a pattern to copy: 7 * i + 1
        sta $0302
        ldx #0
        lda #1
page:   sta $0500,x
        jsr $0300
        inx
        bne page
rest:   sta $0600,x
        jsr $0300
        inx
        cpx #44
        bne rest

        ldx #<300
        ldy #>300
load:   lda $0500
store:  sta $0700
        inc load+1
        bne same_page
        inc load+2
same_page: inc store+1
        bne count
        inc store+2
count:  dex
        cpx #$ff
        bne more
        dey
more:   cpx #0
        bne load
        cpy #0
        bne load
done:   jmp done
