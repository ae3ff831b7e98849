// SPDX-License-Identifier: GPL-3.0-or-later
// The border between C++ and the kernels: a table of functions over rows, plain C types only, one table per x86-64 level.
// Kernel files include this and nothing else, so that no template instance compiled for a newer CPU can leak into the program.
// Only + − × ÷ sqrt, comparisons and truncation after a bias: all levels give equal bytes.
#pragma once

#include "core/picture/blend_mode.h"
#include "core/picture/formula_operation.h"

#if defined(__clang__)
#define ARTDAG_ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")
#else
#define ARTDAG_ELEMENTWISE _Pragma("GCC ivdep")
#endif

namespace artdag {

/// R'G'B' from Y'CbCr: r = y + rCr·cr, g = y + gCb·cb + gCr·cr, b = y + bCb·cb.
struct FromYcc {
    float rCr, gCb, gCr, bCb;
};
/// Y' = yR·r + yG·g + yB·b, Cb = (b − y)·cbScale, Cr = (r − y)·crScale.
struct ToYcc {
    float yR, yG, yB, cbScale, crScale;
};
/// How codes of one sample kind become numbers: (code − offset) · scale, and back: value·codes + bias, clamped, truncated.
struct CodeScale {
    float offset, scale, codes, bias, most;
};

/// |x|^(high + low) with the sign of x: 0 below `least`, held above `most`. `high` has 14 bits, `low` the rest.
struct PowerCurve {
    float high, low, least, most;
};

/// One row of an affine map: pixel first + i reads source place (xx·(first + i + ½) + xy + x0, yx·(…) + yy + y0), whose
/// four neighbours are all in `from`; the terms of the row are already multiplied into xy and yy.
struct AffineRow {
    double xx, xy, x0, yx, yy, y0;
    long first, count;
    long stride;           ///< samples from one source row to the next
    long originX, originY; ///< the source pixel that from[] points at
    int planes;            ///< how many of the four: 3 where alpha is 1 throughout
    const float* from[4];
    float* out[4];
};

/// Up to 64 pixels of a row that read anywhere. u, v: source places (pixel centres at + ½) of count + 1 pixels; belowU,
/// belowV: those of the row below. `plain` says for which pixels `out` was written: those whose four neighbours lie in the
/// picture and whose neighbours read at most `longest` px away; the others get numbers without meaning.
struct PlacedRow {
    const double *u, *v, *belowU, *belowV;
    double lastX, lastY; ///< the last upper left neighbours: just below width − 1, height − 1 of the source
    double longest;
    long count;
    long stride;           ///< samples from one source row to the next
    long originX, originY; ///< the source pixel that from[] points at; there are two rows and columns at least
    int planes;            ///< how many of the four
    const float* from[4];
    float* out[4];
    int* plain;
};

/// Up to 64 pixels of a row that each sum a block of samples. Weight t of pixel i lies at weights[64·t + i].
struct TapsRow {
    const int* at;              ///< where each block begins in from[]
    const float *across, *down; ///< weights along the row and down the column
    int tapsAcross, tapsDown;   ///< across: a multiple of 4; those without weight are read all the same
    long count;
    long stride; ///< samples from one source row to the next
    const float* from[4];
    float* out[4];
};

/// Up to 64 pixels that each read a tent of 4 x 4 samples, all of them at hand, with a width of its own: 1 to 2.
struct TentRow {
    const double *u, *v; ///< source places
    const double *wideX, *wideY;
    long count;
    long stride;           ///< samples from one source row to the next
    long originX, originY; ///< the source pixel that from[] points at
    const float* from[4];
    float* out[4];
};

/// Up to 64 pixels of a row of a picture tube, in coordinates from −1 to 1 over the screen.
struct TubeRow {
    int width, height;              ///< of the whole picture
    double v0;                      ///< the row's place before the screen is bent
    double curvature, spanX, spanY; ///< and the part of the screen that the beam reaches
    double lines;                   ///< of the scan
    float depth, vignette, monochrome, gain, phosphor[3];
    int taps;                ///< rows that are averaged where the picture is squeezed
    long stride;             ///< samples from one row of the picture to the next
    const float* from[3];    ///< its first pixel
    const float* stripes[3]; ///< what the mask lets through, pixel by pixel
    float* out[3];
};

/// Lives of particles; those that begin again after `wrap` s fit into it a whole number of times. 0: they never do.
struct LifeRule {
    double time, wrap, lifetime; ///< s
    double spread;               ///< how much shorter some live, 0–1
};
struct LifeRow {
    const double *shorter, *begun; ///< of each, 0–1: part of the spread, and of its life that was over at time 0
    double* number;                ///< of the life
    float *share, *age;            ///< 0–1, s
};

/// How particles are thrown; lengths in px, times in s, angles in turns.
struct FlightRule {
    int form; ///< of the emitter: 0 a disc, 1 a ring, 2 a box
    float x, y, halfWidth, halfHeight;
    float direction, spread, velocity, velocitySpread, fall, wind, drag;
};
struct FlightRow {
    const float *age, *across, *down, *way, *pace; ///< s; 0–1: places on the emitter, part of the spreads of direction and velocity
    float *x, *y, *vx, *vy;
};

/// A lattice of currents, x and y in turn.
struct CurrentField {
    const float* nodes;
    int columns, rows;
    float scale; ///< nodes a px
};

/// One row of the Kuwahara filter: sample (x + dx, y + dy) lies at (ux·dx + uy·dy, vx·dx + vy·dy) of the unit disc that is the
/// brush at x; dx and dy are multiples of `step`, up to reachX and reachY. All rows are readable to whole vectors of 16.
struct PaintRow {
    const float* from[4]; ///< straight display R G B, and cover
    const float* noise;   ///< of the bristles: mean 0, deviation 1
    long stride;          ///< samples from one row of `from` and `noise` to the next
    const float *ux, *uy, *vx, *vy, *reachX, *reachY;
    float* out[4];  ///< R G B, and the height of the bristles' traces: deviation 1
    float bristles; ///< (width of the brush ÷ width of a trace)²
    int step;
    float zeta, eta; ///< shape of a sector
    float hardness;  ///< what variance of brightness is multiplied by
};

// K(result, name, arguments). `n` counts samples. Where a row is both read and written elementwise it may be the same row;
// rows never overlap otherwise. Written once, so that the table, the declarations and the definitions cannot differ.
// clang-format off
#define ARTDAG_ROW_KERNELS(K) \
    /* kernels_transfer.cpp */ \
    K(void, srgbToLinear, (const float* in, float* out, long n)) \
    K(void, linearToSrgb, (const float* in, float* out, long n)) \
    K(void, toDisplay, (const float* const in[4], float* const out[4], long n)) \
    K(void, fromDisplay, (const float* const in[4], float* const out[4], long n)) \
    K(void, toScreen, (const float* const in[4], unsigned char* out, long n)) \
    K(void, power, (const float* in, float* out, long n, const PowerCurve& curve)) \
    /* kernels_pointwise.cpp */ \
    K(void, fill, (float* out, long n, float value)) \
    K(void, scale, (const float* in, float* out, long n, float factor, float offset)) \
    K(void, lerp, (const float* a, const float* b, float* out, long n, float t)) \
    K(void, lerpBy, (const float* a, const float* b, const float* t, float* out, long n)) \
    K(void, multiply, (const float* a, const float* b, float* out, long n)) \
    K(void, addScaled, (const float* in, float* out, long n, float factor)) \
    K(void, unpremultiply, (const float* const in[4], float* const out[4], long n)) \
    K(void, premultiply, (const float* const in[4], float* const out[4], long n)) \
    /* 0 where there is no alpha */ \
    K(void, blacken, (float* const planes[4], long n)) \
    K(void, matrix, (const float m[12], const float* const in[4], float* const out[4], long n, int premultiplied)) \
    K(void, matrix3, (const float m[9], const float* const in[3], float* const out[3], long n)) \
    K(void, over, (const float* const below[4], const float* const above[4], float* const out[4], long n, float opacity)) \
    K(int, allOne, (const float* in, long n)) \
    K(int, allZero, (const float* in, long n)) \
    /* kernels_tone.cpp: table[0 ... steps] over [0, 1], straight between its values and on beyond its ends */ \
    K(void, lookUp, (const float* table, int steps, const float* in, float* out, long n)) \
    /* kernels_coded.cpp; `step` is the distance in samples from one pixel to the next: 1, 3 or 4 */ \
    K(void, load8, (const unsigned char* in, int step, float* out, long n, const CodeScale& scale)) \
    K(void, load16, (const unsigned short* in, int step, float* out, long n, const CodeScale& scale)) \
    K(void, store8, (const float* in, unsigned char* out, int step, long n, const CodeScale& scale)) \
    K(void, store16, (const float* in, unsigned short* out, int step, long n, const CodeScale& scale)) \
    K(void, fromYcc, (const float* y, const float* cb, const float* cr, float* const out[3], long n, const FromYcc& matrix)) \
    K(void, toYcc, (const float* const in[3], float* y, float* cb, float* cr, long n, const ToYcc& matrix)) \
    K(void, luma, (const float* const in[3], float* y, long n, const ToYcc& matrix)) \
    /* kernels_keccak.cpp: SHA3-256 of eight messages of equal length; `digests` takes 8 times 32 bytes */ \
    K(void, sha3Of8, (const unsigned char* const messages[8], long bytes, unsigned char* digests)) \
    /* kernels_formula.cpp; rows that an operation does not take may be any */ \
    K(void, formula, (FormulaOperation operation, const double* a, const double* b, const double* c, double* out, long n)) \
    /* kernels_chroma.cpp */ \
    K(void, mix2, (const float* a, const float* b, float* out, long n, float wa, float wb)) \
    K(void, mix4, (const float* const in[4], float* out, long n, const float w[4])) \
    K(void, mix5, (const float* const in[5], float* out, long n, const float w[5])) \
    /* out[2i] = in[i], out[2i+1] = (in[i] + in[i+1])/2; n pairs, reads in[n] */ \
    K(void, spreadCosited, (const float* in, float* out, long n)) \
    /* out[2i] = 3/4 in[i] + 1/4 in[i-1], out[2i+1] = 3/4 in[i] + 1/4 in[i+1]; n pairs, reads in[-1], in[n] */ \
    K(void, spreadCentred, (const float* in, float* out, long n)) \
    /* [-1 2 6 2 -1]/8 at in[2i]; reads in[-2 ... 2n] */ \
    K(void, gatherCosited, (const float* in, float* out, long n)) \
    /* [-1 3 3 -1]/4 at in[2i+1/2]; reads in[-1 ... 2n] */ \
    K(void, gatherCentred, (const float* in, float* out, long n)) \
    /* kernels_filter.cpp: symmetric weights, weights[0] in the middle */ \
    /* reads in[-radius ... n+radius-1] */ \
    K(void, firAlong, (const float* in, float* out, long n, const float* weights, int radius)) \
    /* reads rows[0 ... 2*radius] */ \
    K(void, firAcross, (const float* const* rows, float* out, long n, const float* weights, int radius)) \
    /* kernels_neighbours.cpp */ \
    /* out[i] = sum over t, in order, of rows[t][i] * weights[t] */ \
    K(void, sumRows, (const float* const* rows, const float* weights, long taps, float* out, long n)) \
    /* of 3 x 3 and 5 x 5 samples; read rows[k][-1 ... n], rows[k][-2 ... n+1] */ \
    K(void, median9, (const float* const rows[3], float* out, long n)) \
    K(void, median25, (const float* const rows[5], float* out, long n)) \
    K(void, squareDistance, (const float* const a[3], const float* const b[3], float* out, long n)) \
    /* sums += from * w, sums[4] += w, where w = (level - distance * scale)^8 of what is within 0 and 1 */ \
    K(void, addSimilar, (const float* distance, float scale, float level, const float* const from[4], float* const sums[5], long n)) \
    /* out[i] = least of in[i+k] + unit*k*k; reads in[-radius ... n+radius-1] */ \
    K(void, nearest, (const float* in, float* out, long n, int radius, float unit)) \
    /* kernels_paint.cpp */ \
    K(void, kuwahara, (const PaintRow& row, long n)) \
    /* kernels_fractal.cpp: see fractal.h; x, y are overwritten; n is a multiple of 16 */ \
    K(void, escape, (double* x, double* y, const double* cx, const double* cy, float* count, long n, int limit)) \
    K(void, bands, (const float* count, float* out, long n, int scale, float density, float offset, float inside)) \
    /* kernels_waves.cpp: see waves.h; a wave is frequency, amplitude, both phases */ \
    K(void, bendPlane, (float* x, float* y, long n, const float wave[4])) \
    K(void, crossWaves, (float* x, const float* y, long n, float phaseX, float phaseY)) \
    /* kernels_flight.cpp: see flight.h */ \
    K(void, lives, (const LifeRule& rule, const LifeRow& row, long n)) \
    K(void, fly, (const FlightRule& rule, const FlightRow& row, long n)) \
    K(void, drift, (const CurrentField& field, float* x, float* y, float* u, float* v, const float* stride, long n)) \
    /* [1 3 3 1]/8 at in[2i+1/2]; reads in[-1 ... 2n] */ \
    K(void, halve, (const float* in, float* out, long n)) \
    /* kernels_sample.cpp */ \
    K(void, bilinearAffine, (const AffineRow& row)) \
    K(void, bilinearPlaces, (const PlacedRow& row)) \
    /* out = sum over rows, in order, of (sum along the row, in order) * down */ \
    K(void, sumTaps, (const TapsRow& row)) \
    /* a tent of radius `wide` >= 1 about n <= 64 centres: the first sample within, the weights from there, together 1 */ \
    K(void, tentTaps, (const double* centres, long n, double wide, int taps, int* first, float* weights)) \
    /* in pairs: ((first + second) + (third + fourth)) down, then along */ \
    K(void, tents, (const TentRow& row)) \
    /* out[i] = sum over taps t, in order, of in[indices[t*n + i]] * weights[t*n + i] */ \
    K(void, gatherTaps, (const float* in, const int* indices, const float* weights, float* out, long n, int taps)) \
    /* out = colour * mask + out * (1 - colour[3] * mask) */ \
    K(void, paintMask, (const float* mask, const float colour[4], float* const out[4], long n)) \
    /* alpha into 0..1; black where it was below 0 */ \
    K(void, tameAlpha, (float* const planes[4], long n)) \
    /* kernels_tube.cpp: pixels first ... first + n - 1, n <= 64; a hump of period 1, height 1 at whole numbers, mean 1/2 */ \
    K(void, tube, (const TubeRow& row, int first, long n)) \
    K(float, tubeHump, (double phase)) \
    /* kernels_blend.cpp: planes of straight colour in the space of the mode, `mode` as in blend.h */ \
    K(void, blendChannels, (int mode, const float* const below[3], const float* const above[3], float* const out[3], long n)) \
    /* premultiplied below, above; straight mixed colour: above*o*(1-ab) + below*(1-as*o) + mixed*as*o*ab */ \
    K(void, blendOver, (const float* const below[4], const float* const above[4], const float* const mixed[3], float* const out[4], long n, float opacity))
// clang-format on

#define ARTDAG_MEMBER(result, name, arguments) result(*name) arguments;
#define ARTDAG_DECLARATION(result, name, arguments) result name arguments;

struct RowKernels {
    ARTDAG_ROW_KERNELS(ARTDAG_MEMBER)
};

namespace kernels_v2 {
extern const RowKernels table;
}
namespace kernels_v3 {
extern const RowKernels table;
}
namespace kernels_v4 {
extern const RowKernels table;
}

/// The table of the level that simdLevel() chose.
const RowKernels& rowKernels();

} // namespace artdag

// The level that is being compiled: its namespace, and declarations of its kernels.
#ifdef ARTDAG_LEVEL
#define ARTDAG_PASTE_WORDS(a, b) a##b
#define ARTDAG_PASTE(a, b) ARTDAG_PASTE_WORDS(a, b)
#define ARTDAG_KERNELS ARTDAG_PASTE(kernels_, ARTDAG_LEVEL)
namespace artdag::ARTDAG_KERNELS {
ARTDAG_ROW_KERNELS(ARTDAG_DECLARATION)
}
#endif
