; The status register as PHP writes it after various instructions, from $0200.
; expect $0200 = f4 37 77 75 f4 77 f5 f7 37 ff 30
.org $0400
        sei
        cld
        ldx #0

        lda #$7f        ; signed overflow
        clc
        adc #$01
        jsr note
        lda #$ff        ; carry, zero
        clc
        adc #$01
        jsr note
        lda #$80        ; carry, overflow, zero
        clc
        adc #$80
        jsr note
        lda #$80        ; carry, overflow
        clc
        adc #$ff
        jsr note
        lda #$10        ; less
        cmp #$20
        jsr note
        lda #$20        ; equal
        cmp #$20
        jsr note
        lda #$f0        ; more
        cmp #$20
        jsr note
        lda #$c0        ; bits 7 and 6 as they are
        sta $10
        lda #$3f
        bit $10
        jsr note
        clv
        lda #1          ; shifted out
        lsr a
        jsr note
        lda #$ff        ; all
        pha
        plp
        jsr note
        lda #0          ; none
        pha
        plp
        jsr note
done:   jmp done

note:   php
        pla
        sta $0200,x
        php             ; INX is not to be seen by anyone
        inx
        plp
        rts
