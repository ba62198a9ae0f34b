/* A tape interpreter in C: the limit for a program that goes through a graph of scalars one node at a time.
 *
 * A node is an opcode and two operand indices; a leaf reads nothing, a one-operand node leaves `b` unused. The forward
 * pass is one switch per node, the backward pass one switch per node from the output down. Every value and every
 * gradient is kept. Only the operations that the workloads use are here. */

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* POW_CONSTANT: the exponent is a literal, so no logarithm and no gradient towards it. */
enum { LEAF, ADD, SUB, MUL, DIV, NEG, POW, POW_CONSTANT, EXP, LOG, TANH, RELU, CODES };

static const char *const NAMES[CODES] = {"leaf", "add", "sub", "mul",  "div", "neg",
                                         "pow",  "pow_constant", "exp", "log", "tanh", "relu"};

/* The opcode of a name, or -1. */
int tape_code(const char *name) {
    for (int code = 0; code < CODES; code++)
        if (strcmp(NAMES[code], name) == 0) return code;
    return -1;
}

void tape_forward(int size, const uint8_t *op, const int32_t *a, const int32_t *b, double *data) {
    for (int i = 0; i < size; i++) {
        switch (op[i]) {
        case LEAF: break;
        case ADD: data[i] = data[a[i]] + data[b[i]]; break;
        case SUB: data[i] = data[a[i]] - data[b[i]]; break;
        case MUL: data[i] = data[a[i]] * data[b[i]]; break;
        case DIV: data[i] = data[a[i]] / data[b[i]]; break;
        case NEG: data[i] = -data[a[i]]; break;
        case POW:
        case POW_CONSTANT: data[i] = data[b[i]] == 2.0 ? data[a[i]] * data[a[i]] : pow(data[a[i]], data[b[i]]); break;
        case EXP: data[i] = exp(data[a[i]]); break;
        case LOG: data[i] = log(data[a[i]]); break;
        case TANH: data[i] = tanh(data[a[i]]); break;
        case RELU: data[i] = data[a[i]] > 0 ? data[a[i]] : 0; break;
        }
    }
}

void tape_backward(int size, const uint8_t *op, const int32_t *a, const int32_t *b, const double *data, double *grad,
                   int output) {
    memset(grad, 0, sizeof(double) * (size_t)size);
    grad[output] = 1;
    for (int i = output; i >= 0; i--) {
        const double g = grad[i];
        switch (op[i]) {
        case LEAF: break;
        case ADD: grad[a[i]] += g; grad[b[i]] += g; break;
        case SUB: grad[a[i]] += g; grad[b[i]] -= g; break;
        case MUL: {
            const double x = data[a[i]], y = data[b[i]];
            grad[a[i]] += y * g;
            grad[b[i]] += x * g;
            break;
        }
        case DIV: {
            const double y = data[b[i]];
            grad[a[i]] += g / y;
            grad[b[i]] -= g * data[i] / y;
            break;
        }
        case NEG: grad[a[i]] -= g; break;
        case POW:
            grad[a[i]] += g * data[b[i]] * pow(data[a[i]], data[b[i]] - 1);
            grad[b[i]] += g * data[i] * log(data[a[i]]);
            break;
        case POW_CONSTANT:
            grad[a[i]] += g * data[b[i]] * (data[b[i]] == 2.0 ? data[a[i]] : pow(data[a[i]], data[b[i]] - 1));
            break;
        case EXP: grad[a[i]] += g * data[i]; break;
        case LOG: grad[a[i]] += g / data[a[i]]; break;
        case TANH: grad[a[i]] += g * (1 - data[i] * data[i]); break;
        case RELU: grad[a[i]] += data[i] > 0 ? g : 0; break;
        }
    }
}

/* Gradient descent: `steps` times forward, backward, and data -= rate * grad for each parameter. */
void tape_train(int size, const uint8_t *op, const int32_t *a, const int32_t *b, double *data, double *grad, int output,
                const int32_t *parameters, int count, double rate, int steps) {
    for (int step = 0; step < steps; step++) {
        tape_forward(size, op, a, b, data);
        tape_backward(size, op, a, b, data, grad, output);
        for (int k = 0; k < count; k++) data[parameters[k]] -= rate * grad[parameters[k]];
    }
}
