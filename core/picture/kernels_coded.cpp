// SPDX-License-Identifier: GPL-3.0-or-later
// Between codes as files hold them and float rows: scaling, interleaving, Y'CbCr matrices.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

// The step is a constant in each instance, so that the compiler can shuffle whole vectors. Static functions, no templates
// with linkage: `Code` instances live in this unnamed namespace.
template <int step, class Code>
void load(const Code* __restrict in, float* __restrict out, long n, float offset, float factor)
{
    for (long i = 0; i < n; ++i)
        out[i] = (static_cast<float>(static_cast<int>(in[step * i])) - offset) * factor;
}

template <int step, class Code>
void store(const float* __restrict in, Code* __restrict out, long n, float codes, float bias, float most)
{
    for (long i = 0; i < n; ++i) {
        float code = in[i] * codes + bias;
        code = code > 0.0F ? code : 0.0F; // also takes NaN
        code = code < most ? code : most;
        out[step * i] = static_cast<Code>(static_cast<int>(code + 0.5F));
    }
}

} // namespace

void load8(const unsigned char* in, int step, float* out, long n, const CodeScale& scale)
{
    if (step == 1)
        load<1>(in, out, n, scale.offset, scale.scale);
    else if (step == 3)
        load<3>(in, out, n, scale.offset, scale.scale);
    else
        load<4>(in, out, n, scale.offset, scale.scale);
}

void load16(const unsigned short* in, int step, float* out, long n, const CodeScale& scale)
{
    if (step == 1)
        load<1>(in, out, n, scale.offset, scale.scale);
    else if (step == 3)
        load<3>(in, out, n, scale.offset, scale.scale);
    else
        load<4>(in, out, n, scale.offset, scale.scale);
}

void store8(const float* in, unsigned char* out, int step, long n, const CodeScale& scale)
{
    if (step == 1)
        store<1>(in, out, n, scale.codes, scale.bias, scale.most);
    else if (step == 3)
        store<3>(in, out, n, scale.codes, scale.bias, scale.most);
    else
        store<4>(in, out, n, scale.codes, scale.bias, scale.most);
}

void store16(const float* in, unsigned short* out, int step, long n, const CodeScale& scale)
{
    if (step == 1)
        store<1>(in, out, n, scale.codes, scale.bias, scale.most);
    else if (step == 3)
        store<3>(in, out, n, scale.codes, scale.bias, scale.most);
    else
        store<4>(in, out, n, scale.codes, scale.bias, scale.most);
}

void fromYcc(const float* y, const float* cb, const float* cr, float* const out[3], long n, const FromYcc& matrix)
{
    const float rCr = matrix.rCr, gCb = matrix.gCb, gCr = matrix.gCr, bCb = matrix.bCb;
    float* r = out[0];
    float* g = out[1];
    float* b = out[2];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float luma = y[i], u = cb[i], v = cr[i];
        r[i] = luma + rCr * v;
        g[i] = luma + (gCb * u + gCr * v);
        b[i] = luma + bCb * u;
    }
}

void toYcc(const float* const in[3], float* y, float* cb, float* cr, long n, const ToYcc& matrix)
{
    const float yR = matrix.yR, yG = matrix.yG, yB = matrix.yB, cbScale = matrix.cbScale, crScale = matrix.crScale;
    const float* r = in[0];
    const float* g = in[1];
    const float* b = in[2];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float x = r[i], z = b[i];
        const float luma = yR * x + yG * g[i] + yB * z;
        y[i] = luma;
        cb[i] = (z - luma) * cbScale;
        cr[i] = (x - luma) * crScale;
    }
}

void luma(const float* const in[3], float* y, long n, const ToYcc& matrix)
{
    const float yR = matrix.yR, yG = matrix.yG, yB = matrix.yB;
    const float* r = in[0];
    const float* g = in[1];
    const float* b = in[2];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        y[i] = yR * r[i] + yG * g[i] + yB * b[i];
}

} // namespace artdag::ARTDAG_KERNELS
