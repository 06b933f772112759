; A machine with a stack of its own: each byte of a script chooses a routine by `jmp (vector)`. The script works out (7
; + 5) * 3 - 6. The result lies at $0200, how many steps it took at $0201. At $0202 is 1 if a vector at the end of a
; page takes its high byte from the start of the same page.
; expect $0200 = 1e 09 01
.org $0400
vector = $f0
stack = $0280

        ldx #0          ; the machine's stack pointer
        ldy #0          ; in the script
        sty $0201
step:   inc $0201
        lda script,y
        iny
        asl a
        stx $10
        tax
        lda table,x
        sta vector
        lda table+1,x
        sta vector+1
        ldx $10
        jmp (vector)

push:   lda script,y
        iny
        sta stack,x
        inx
        jmp step
plus:   dex
        clc
        lda stack-1,x
        adc stack,x
        sta stack-1,x
        jmp step
minus:  dex
        sec
        lda stack-1,x
        sbc stack,x
        sta stack-1,x
        jmp step
times:  dex
        lda #0
        sty $11
        ldy stack,x
again:  clc
        adc stack-1,x
        dey
        bne again
        sta stack-1,x
        ldy $11
        jmp step
swap:   lda stack-1,x
        pha
        lda stack-2,x
        sta stack-1,x
        pla
        sta stack-2,x
        jmp step
halt:   lda stack-1,x
        sta $0200

        lda #<same
        sta $03ff
        lda #>same
        sta $0300
        jmp ($03ff)     ; not the code's first byte at $0400
done:   jmp done
same:   lda #1
        sta $0202
        jmp done

; 0 halt, 1 push, 2 plus, 3 minus, 4 times, 5 swap
table:  .word halt, push, plus, minus, times, swap
script: .byte 1, 6, 1, 7, 1, 5, 2, 1, 3, 4, 5, 3, 0
