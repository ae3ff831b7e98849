// SPDX-License-Identifier: GPL-3.0-or-later
// Chroma planes to full size and back. Up is bilinear; down is its exact left inverse, so that a picture that passes
// through unchanged keeps its codes.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

void mix2(const float* a, const float* b, float* __restrict out, long n, float wa, float wb)
{
    for (long i = 0; i < n; ++i)
        out[i] = a[i] * wa + b[i] * wb;
}

void mix4(const float* const in[4], float* __restrict out, long n, const float w[4])
{
    const float* a = in[0];
    const float* b = in[1];
    const float* c = in[2];
    const float* d = in[3];
    const float wa = w[0], wb = w[1], wc = w[2], wd = w[3];
    for (long i = 0; i < n; ++i)
        out[i] = (a[i] * wa + b[i] * wb) + (c[i] * wc + d[i] * wd);
}

void mix5(const float* const in[5], float* __restrict out, long n, const float w[5])
{
    const float* a = in[0];
    const float* b = in[1];
    const float* c = in[2];
    const float* d = in[3];
    const float* e = in[4];
    const float wa = w[0], wb = w[1], wc = w[2], wd = w[3], we = w[4];
    for (long i = 0; i < n; ++i)
        out[i] = (a[i] * wa + b[i] * wb) + (c[i] * wc + d[i] * wd) + e[i] * we;
}

void spreadCosited(const float* __restrict in, float* __restrict out, long n)
{
    for (long i = 0; i < n; ++i) {
        out[2 * i] = in[i];
        out[2 * i + 1] = (in[i] + in[i + 1]) * 0.5F;
    }
}

void spreadCentred(const float* __restrict in, float* __restrict out, long n)
{
    for (long i = 0; i < n; ++i) {
        const float middle = in[i] * 0.75F;
        out[2 * i] = middle + in[i - 1] * 0.25F;
        out[2 * i + 1] = middle + in[i + 1] * 0.25F;
    }
}

namespace {

constexpr long batch = 256;

/// Even samples in[2·first …] and odd samples of a row, each together: the filters below then read plain neighbours.
struct Halves {
    float even[batch + 2], odd[batch + 2];
    Halves(const float* __restrict in, long n)
    {
        for (long i = 0; i < n; ++i) {
            even[i] = in[2 * i];
            odd[i] = in[2 * i + 1];
        }
    }
};

} // namespace

void gatherCosited(const float* __restrict in, float* __restrict out, long n)
{
    for (long start = 0; start < n; start += batch) {
        const long count = n - start < batch ? n - start : batch;
        const Halves halves(in + 2 * start - 2, count + 1);
        const float* e = halves.even + 1;
        const float* o = halves.odd + 1;
        const float last = in[2 * (start + count)];
        for (long i = 0; i + 1 < count; ++i)
            out[start + i] = e[i] * 0.75F + ((o[i - 1] + o[i]) * 0.25F - (e[i - 1] + e[i + 1]) * 0.125F);
        const long i = count - 1;
        out[start + i] = e[i] * 0.75F + ((o[i - 1] + o[i]) * 0.25F - (e[i - 1] + last) * 0.125F);
    }
}

void gatherCentred(const float* __restrict in, float* __restrict out, long n)
{
    for (long start = 0; start < n; start += batch) {
        const long count = n - start < batch ? n - start : batch;
        const Halves halves(in + 2 * start - 1, count + 1); // even: the odd samples before, odd: the even ones
        const float* before = halves.even;
        const float* at = halves.odd;
        for (long i = 0; i < count; ++i)
            out[start + i] = (at[i] + before[i + 1]) * 0.75F - (before[i] + at[i + 1]) * 0.25F;
    }
}

} // namespace artdag::ARTDAG_KERNELS
