; The primes below 256 by the sieve of Eratosthenes: how many at $0200, then the primes.
; expect $0200 = 36 02 03 05 07 0b 0d 11 13 17 1d 1f 25 29 2b 2f
; expect $0210 = 35 3b 3d 43 47 49 4f 53 59 61 65 67 6b 6d 71 7f
; expect $0220 = 83 89 8b 95 97 9d a3 a7 ad b3 b5 bf c1 c5 c7 d3
; expect $0230 = df e3 e5 e9 ef f1 fb
.org $0400
crossed = $0300

        lda #0
        tax
clear:  sta crossed,x
        inx
        bne clear

        ldx #2
sieve:  lda crossed,x
        bne composite
        stx $10
        txa
multiples: clc
        adc $10
        bcs composite
        tay
        lda #1
        sta crossed,y
        tya
        jmp multiples
composite: inx
        cpx #16
        bne sieve

        ldy #0
        ldx #2
collect: lda crossed,x
        bne not_prime
        iny
        txa
        sta $0200,y
not_prime: inx
        bne collect
        sty $0200
done:   jmp done
