/**
 * Functions that shaders share. WGSL lets a compiler assume that there are neither NaN nor infinities, leaves `log` and
 * `sqrt` open outside their domains, and promises of `tanh` five digits only; what is here has the values of IEEE
 * arithmetic wherever the device's additions and multiplications do, to a few units in the last place. NaN is recognized
 * by its bits, which no compiler may reason away.
 */
export const specialValues = `
fn bitsOf(x: f32) -> u32 { return bitcast<u32>(x) & 0x7fffffffu; }
fn isNan(x: f32) -> bool { return bitsOf(x) > 0x7f800000u; }
fn isInfinite(x: f32) -> bool { return bitsOf(x) == 0x7f800000u; }
fn isNegative(x: f32) -> bool { return (bitcast<u32>(x) >> 31u) == 1u; }
// Of a variable, as WGSL refuses a constant that is no number.
fn ofBits(bits: u32) -> f32 { var copy = bits; return bitcast<f32>(copy); }
fn infinity() -> f32 { return ofBits(0x7f800000u); }
fn notANumber() -> f32 { return ofBits(0x7fc00000u); }
fn areNumbers(a: f32, b: f32) -> bool { return !isNan(a) && !isNan(b); }
fn smaller(a: f32, b: f32) -> f32 { if (isNan(a)) { return a; } if (isNan(b)) { return b; } return select(b, a, a < b); }
fn larger(a: f32, b: f32) -> f32 { if (isNan(a)) { return a; } if (isNan(b)) { return b; } return select(b, a, a > b); }
fn squareRoot(x: f32) -> f32 {
  if (isNan(x) || x == 0.0) { return x; }
  if (x < 0.0) { return notANumber(); }
  if (isInfinite(x)) { return x; }
  return sqrt(x);
}
fn inverseRoot(x: f32) -> f32 {
  if (x == 0.0) { return infinity(); }
  if (isInfinite(x) && !isNegative(x)) { return 0.0; }
  return 1.0 / squareRoot(x);
}
fn signOf(x: f32) -> f32 { if (isNan(x)) { return x; } return sign(x); }
// e^x = 2^k e^r with |r| <= ln 2 / 2; in two steps, as 2^k alone may overflow or vanish.
fn exponential(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  if (x > 88.8) { return infinity(); }
  if (x < -104.0) { return 0.0; }
  let k = round(x * 1.44269504);
  let r = (x - k * 0.693359375) + k * 2.12194440e-4;
  let p = 1.0 + r * (1.0 + r * (0.5 + r * (0.16666667 + r * (0.041666668 + r * (0.008333334 + r * (0.0013888889 +
    r * 1.984127e-4))))));
  let half = i32(k) / 2;
  return p * powerOfTwo(half) * powerOfTwo(i32(k) - half);
}
fn powerOfTwo(k: i32) -> f32 { return bitcast<f32>(u32(clamp(k, -126, 127) + 127) << 23u); }
// 2 artanh s, with s = (x - 1) / (x + 1) the logarithm of x.
fn artanhTwice(s: f32) -> f32 {
  let q = s * s;
  return 2.0 * s * (1.0 + q * (0.33333334 + q * (0.2 + q * (0.14285715 + q * (0.11111111 + q * (0.09090909 +
    q * (0.07692308 + q * 0.06666667)))))));
}
fn logarithm(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  if (x == 0.0) { return -infinity(); }
  if (x < 0.0) { return notANumber(); }
  if (isInfinite(x)) { return x; }
  let bits = bitcast<u32>(x);
  // m in [2/3, 4/3): the upper third of a binade counts to the next.
  var k = i32(bits >> 23u) - 127;
  var m = bitcast<f32>((bits & 0x007fffffu) | 0x3f800000u);
  if (m > 1.3333334) { m = m * 0.5; k = k + 1; }
  return artanhTwice((m - 1.0) / (m + 1.0)) + f32(k) * 0.6931472;
}
// log(1 + e) for 0 <= e <= 1.
fn logOnePlus(e: f32) -> f32 { return artanhTwice(e / (2.0 + e)); }
fn expMinusOne(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  if (abs(x) > 0.5) { return exponential(x) - 1.0; }
  return x * (1.0 + x * (0.5 + x * (0.16666667 + x * (0.041666668 + x * (0.008333334 + x * (0.0013888889 +
    x * (1.984127e-4 + x * 2.4801588e-5)))))));
}
fn hyperbolicTangent(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  if (abs(x) > 10.0) { return sign(x); }
  let e = expMinusOne(2.0 * x);
  return e / (e + 2.0);
}
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exponential(-x)); }
fn softplus(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  if (isInfinite(x)) { return select(x, 0.0, isNegative(x)); }
  return max(x, 0.0) + logOnePlus(exponential(-abs(x)));
}
fn power(a: f32, b: f32) -> f32 {
  if (b == 0.0) { return 1.0; }
  if (isNan(a) || isNan(b)) { return notANumber(); }
  let size = abs(a);
  if (isInfinite(b)) {
    if (size == 1.0) { return notANumber(); }
    return select(0.0, infinity(), (size > 1.0) == (b > 0.0));
  }
  let isWhole = floor(b) == b;
  let isOdd = isWhole && abs(b) < 16777216.0 && (i32(b) & 1) != 0;
  var value = 0.0;
  if (size == 0.0 || isInfinite(a)) { value = select(0.0, infinity(), (size == 0.0) == (b < 0.0)); }
  else if (!isNegative(a) || isWhole) { value = wholeOrRealPower(size, b, isWhole); }
  else { return notANumber(); }
  return select(value, -value, isOdd && isNegative(a));
}
fn wholeOrRealPower(a: f32, b: f32, isWhole: bool) -> f32 {
  if (!isWhole || abs(b) > 64.0) { return exponential(b * logarithm(a)); }
  var left = u32(abs(b));
  var base = a;
  var value = 1.0;
  while (left > 0u) {
    if ((left & 1u) == 1u) { value = value * base; }
    base = base * base;
    left = left >> 1u;
  }
  return select(value, 1.0 / value, b < 0.0);
}
`;
