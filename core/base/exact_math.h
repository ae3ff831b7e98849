// SPDX-License-Identifier: GPL-3.0-or-later
// Elementary functions that give the same bits on every machine: only IEEE + − × ÷ sqrt and integer operations,
// never libm. Within 2 units in the last place of a double. Values that are no numbers give 0 or the largest finite, never NaN.
#pragma once

namespace artdag::exact {

inline constexpr double pi = 3.14159265358979323846;

double sin(double radians); ///< reduced by Cody–Waite with four parts of π/2; |x| ≤ 2^30, beyond that 0
double cos(double radians);
double tan(double radians);
double atan(double value);
double atan2(double y, double x);         ///< (−π, π]; 0 when both are 0
double exp(double value);                 ///< 0 below −745, +largest finite above 709.7
double log(double value);                 ///< −largest finite for values ≤ 0
double pow(double base, double exponent); ///< exact where the result is (2^10, 3³); 0 for a negative base with an exponent that is not whole
double exp2(double value);
double log2(double value);
double cbrt(double value);
double floor(double value);
double fmod(double value, double modulus); ///< result has the sign of the modulus (floored), 0 for modulus 0

} // namespace artdag::exact
