/* A processor without AVX-512, VNNI and AMX, for one process: to measure on such a machine what onnxruntime does there.

       cc -shared -fPIC -O2 -o avx2_only.so commands/bench/avx2_only.c
       LD_PRELOAD=./avx2_only.so python -m commands.bench.reading_time

   Linux lets an Intel processor fault where a process asks what it can (arch_prctl ARCH_SET_CPUID); the answer is given here,
   without those bits. Libraries choose their code by it. */
#define _GNU_SOURCE
#include <cpuid.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define SET_CPUID 0x1012
#define BIT(n) (1u << (n))

static void may_ask(int allowed) { syscall(SYS_arch_prctl, SET_CPUID, allowed); }

static void on_fault(int number, siginfo_t *info, void *where)
{
    greg_t *registers = ((ucontext_t *)where)->uc_mcontext.gregs;
    const unsigned char *code = (const unsigned char *)registers[REG_RIP];
    unsigned leaf = registers[REG_RAX], part = registers[REG_RCX], a, b, c, d;
    (void)info;
    if (code[0] != 0x0f || code[1] != 0xa2) { /* another fault than CPUID: as it would be without us */
        signal(number, SIG_DFL);
        return;
    }
    may_ask(1);
    __cpuid_count(leaf, part, a, b, c, d);
    may_ask(0);
    if (leaf == 7 && part == 0) {
        b &= ~(BIT(16) | BIT(17) | BIT(21) | BIT(26) | BIT(27) | BIT(28) | BIT(30) | BIT(31)); /* AVX-512 */
        c &= ~(BIT(1) | BIT(6) | BIT(11) | BIT(12) | BIT(14));                                 /* its VBMI, VNNI … */
        d &= ~(BIT(2) | BIT(3) | BIT(8) | BIT(22) | BIT(23) | BIT(24) | BIT(25));              /* AMX, FP16 */
    }
    if (leaf == 7 && part == 1) {
        a &= ~(BIT(4) | BIT(5) | BIT(21) | BIT(23)); /* AVX-VNNI, BF16 */
        d &= ~(BIT(4) | BIT(5) | BIT(10) | BIT(19));
    }
    registers[REG_RAX] = a, registers[REG_RBX] = b, registers[REG_RCX] = c, registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

__attribute__((constructor)) static void begin(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigaction(SIGSEGV, &action, 0);
    if (syscall(SYS_arch_prctl, SET_CPUID, 0))
        fprintf(stderr, "avx2_only: this processor or system does not let CPUID fault.\n");
}
