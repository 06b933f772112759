; Arithmetic, logic, comparisons, shifts, loads and stores in every addressing mode. From $0200 what A is after each of
; the first five; then the carries of the comparisons, the cells that were shifted, and what X and Y took along.
; expect $0200 = 24 26 fd a5 ed b5 a7 4e 16 58 52 48 5a 02 6a 36
; expect $0210 = 95 9a 0c af d7 92 ee 91 a1 37 db 53 d9 7c d9 c9
; expect $0220 = 33 90 17 69 33 0c 23 0f 0c 23 96 0c 23 96 07
.org $0400
value = $20
small = $21
pointer = $30
carries = $40
spare = $50

        lda #$5c
        sta value
        lda #2
        sta small
        lda #<far
        sta pointer
        lda #>far
        sta pointer+1
        cld
        ldx #2
        ldy #3
        lda #$36
        clc
        ora value
        eor #$5a
        sta $0200
        ora value-2,x
        eor #$5a
        sta $0201
        ora far
        eor #$5a
        sta $0202
        ora far-1,x
        eor #$5a
        sta $0203
        ora far-1,y
        eor #$5a
        sta $0204
        ora (pointer-2,x)
        eor #$5a
        sta $0205
        ora (pointer),y
        eor #$5a
        sta $0206
        lda #$36
        clc
        and value
        eor #$5a
        sta $0207
        and value-2,x
        eor #$5a
        sta $0208
        and far
        eor #$5a
        sta $0209
        and far-1,x
        eor #$5a
        sta $020a
        and far-1,y
        eor #$5a
        sta $020b
        and (pointer-2,x)
        eor #$5a
        sta $020c
        and (pointer),y
        eor #$5a
        sta $020d
        lda #$36
        clc
        eor value
        sta $020e
        eor value-2,x
        sta $020f
        eor far
        sta $0210
        eor far-1,x
        sta $0211
        eor far-1,y
        sta $0212
        eor (pointer-2,x)
        sta $0213
        eor (pointer),y
        sta $0214
        lda #$36
        clc
        adc value
        sta $0215
        adc value-2,x
        sta $0216
        adc far
        sta $0217
        adc far-1,x
        sta $0218
        adc far-1,y
        sta $0219
        adc (pointer-2,x)
        sta $021a
        adc (pointer),y
        sta $021b
        lda #$36
        clc
        sbc value
        sta $021c
        sbc value-2,x
        sta $021d
        sbc far
        sta $021e
        sbc far-1,x
        sta $021f
        sbc far-1,y
        sta $0220
        sbc (pointer-2,x)
        sta $0221
        sbc (pointer),y
        sta $0222
        lda #0
        sta carries
        lda #$78
        cmp value
        rol carries
        lda #$78
        cmp value-2,x
        rol carries
        lda #$78
        cmp far
        rol carries
        lda #$78
        cmp far-1,x
        rol carries
        lda #$78
        cmp far-1,y
        rol carries
        lda #$78
        cmp (pointer-2,x)
        rol carries
        lda #$78
        cmp (pointer),y
        rol carries
        lda carries
        sta $0223
        lda #0
        sta carries
        cpx value
        rol carries
        cpx far
        rol carries
        cpx small
        rol carries
        cpx small_far
        rol carries
        cpy value
        rol carries
        cpy far
        rol carries
        cpy small
        rol carries
        cpy small_far
        rol carries
        lda carries
        sta $0224
        ldx #2
        sec
        asl value
        asl value-2,x
        asl far
        asl far-1,x
        rol value
        rol value-2,x
        rol far
        rol far-1,x
        lsr value
        lsr value-2,x
        lsr far
        lsr far-1,x
        ror value
        ror value-2,x
        ror far
        ror far-1,x
        inc value
        inc value-2,x
        inc far
        inc far-1,x
        dec value
        dec value-2,x
        dec far
        dec far-1,x
        rol value
        rol value-2,x
        rol far
        rol far-1,x
        ror value
        ror value-2,x
        ror far
        ror far-1,x
        lda value
        sta $0225
        lda far
        sta $0226
        lda far+1
        sta $0227
        ldy #3
        ldx value-3,y
        stx spare-3,y
        ldx far
        stx spare+1
        ldx far+2-3,y
        stx spare+2
        ldx #2
        ldy value-2,x
        sty spare+3-2,x
        ldy far
        sty spare+4
        ldy far+2-2,x
        sty spare+5
        nop
        lda spare+0
        sta $0228
        lda spare+1
        sta $0229
        lda spare+2
        sta $022a
        lda spare+3
        sta $022b
        lda spare+4
        sta $022c
        lda spare+5
        sta $022d
        lda #1
        bit far+3       ; $78: bit 6, not bit 7
        bvs overflow
        lda #0
overflow: bmi negative
        ora #2
negative: bit far+2  ; $96: bit 7, not bit 6
        bmi minus
        lda #0
minus:  bvs end
        ora #4
end:    sta $022e
done:   jmp done

.org $06fe      ; an index leads across the end of the page
far:    .byte $a3, $0f, $96, $78
small_far: .byte 2
