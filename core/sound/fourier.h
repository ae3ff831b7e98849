// SPDX-License-Identifier: GPL-3.0-or-later
// Fourier transforms in doubles, in one fixed order of sums.
#pragma once

#include <span>
#include <vector>

namespace artdag {

struct Complex {
    double re = 0, im = 0;
    friend Complex operator+(Complex a, Complex b) { return {a.re + b.re, a.im + b.im}; }
    friend Complex operator-(Complex a, Complex b) { return {a.re - b.re, a.im - b.im}; }
    friend Complex operator*(Complex a, Complex b) { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
    friend Complex operator*(double a, Complex b) { return {a * b.re, a * b.im}; }
    [[nodiscard]] Complex conjugate() const { return {re, -im}; }
    [[nodiscard]] double power() const { return re * re + im * im; }
};

/// Transforms of one length, a power of two.
class Fourier {
public:
    explicit Fourier(int size);
    [[nodiscard]] int size() const { return m_size; }
    /// X[k] = Σ x[n]·e^(−2πi·kn/size), in place.
    void forward(std::span<Complex> values) const;
    /// The inverse, with 1/size.
    void backward(std::span<Complex> values) const;

private:
    int m_size;
    std::vector<Complex> m_turns; ///< e^(−2πi·k/size), k < size/2
    std::vector<int> m_order;     ///< bits reversed
};

/// Two real signals a and b that were transformed as a + ib: their own spectra at bin k.
struct TwoSpectra {
    Complex a, b;
};
TwoSpectra separated(std::span<const Complex> both, int k);

} // namespace artdag
