// The arithmetic of @nt/linear in float64, for WASM with SIMD. Matrices are row-major. No library is linked.
typedef double pair __attribute__((vector_size(16)));
typedef pair loose __attribute__((aligned(8)));
typedef int size;

#define EXPORT __attribute__((visibility("default")))
#define LOAD(p) (*(const loose *)(p))
#define STORE(p, value) (*(loose *)(p) = (value))

static inline double sum_of(pair a) { return a[0] + a[1]; }

static double dot(const double *x, const double *y, size n) {
  pair a = {0, 0}, b = {0, 0}, c = {0, 0}, d = {0, 0};
  size i = 0;
  for (; i + 8 <= n; i += 8) {
    a += LOAD(x + i) * LOAD(y + i);
    b += LOAD(x + i + 2) * LOAD(y + i + 2);
    c += LOAD(x + i + 4) * LOAD(y + i + 4);
    d += LOAD(x + i + 6) * LOAD(y + i + 6);
  }
  double s = sum_of((a + b) + (c + d));
  for (; i < n; i++) s += x[i] * y[i];
  return s;
}

// Sliding products: out[j] = Σ_t x[t] · y[t + j], t in [0, n), j in [0, count).
EXPORT void slide(const double *x, size n, const double *y, size count, double *out) {
  size j = 0;
  for (; j + 4 <= count; j += 4) {
    const double *z = y + j;
    pair a = {0, 0}, b = {0, 0}, c = {0, 0}, d = {0, 0};
    size t = 0;
    for (; t + 2 <= n; t += 2) {
      pair v = LOAD(x + t);
      a += v * LOAD(z + t);
      b += v * LOAD(z + t + 1);
      c += v * LOAD(z + t + 2);
      d += v * LOAD(z + t + 3);
    }
    double r[4] = {sum_of(a), sum_of(b), sum_of(c), sum_of(d)};
    for (size k = 0; k < 4; k++) out[j + k] = r[k] + (t < n ? x[t] * z[t + k] : 0);
  }
  for (; j < count; j++) out[j] = dot(x, y + j, n);
}

// C[m, n] += A[m, k] · B[k, n]; n a multiple of 4.
EXPORT void multiply_add(size m, size n, size k, const double *A, const double *B, double *C) {
  size i = 0;
  for (; i + 4 <= m; i += 4) {
    const double *p = A + i * k, *q = p + k, *r = q + k, *s = r + k;
    for (size j = 0; j < n; j += 4) {
      pair p0 = {0, 0}, p1 = p0, q0 = p0, q1 = p0, r0 = p0, r1 = p0, s0 = p0, s1 = p0;
      const double *b = B + j;
      for (size l = 0; l < k; l++, b += n) {
        pair x = LOAD(b), y = LOAD(b + 2);
        pair v = {p[l], p[l]};
        p0 += v * x, p1 += v * y;
        v = (pair){q[l], q[l]};
        q0 += v * x, q1 += v * y;
        v = (pair){r[l], r[l]};
        r0 += v * x, r1 += v * y;
        v = (pair){s[l], s[l]};
        s0 += v * x, s1 += v * y;
      }
      double *c = C + i * n + j;
      STORE(c, LOAD(c) + p0), STORE(c + 2, LOAD(c + 2) + p1), c += n;
      STORE(c, LOAD(c) + q0), STORE(c + 2, LOAD(c + 2) + q1), c += n;
      STORE(c, LOAD(c) + r0), STORE(c + 2, LOAD(c + 2) + r1), c += n;
      STORE(c, LOAD(c) + s0), STORE(c + 2, LOAD(c + 2) + s1);
    }
  }
  for (; i < m; i++)
    for (size l = 0; l < k; l++) {
      pair v = {A[i * k + l], A[i * k + l]};
      const double *b = B + l * n;
      double *c = C + i * n;
      for (size j = 0; j < n; j += 2) STORE(c + j, LOAD(c + j) + v * LOAD(b + j));
    }
}

// y += a · x, and returns the product of row · x: the two halves of a symmetric row in one pass.
static double row_times(const double *row, const double *x, double a, double *y, size n) {
  pair f = {a, a}, s = {0, 0};
  size j = 0;
  for (; j + 2 <= n; j += 2) {
    pair r = LOAD(row + j);
    s += r * LOAD(x + j);
    STORE(y + j, LOAD(y + j) + f * r);
  }
  double sum = sum_of(s);
  for (; j < n; j++) sum += row[j] * x[j], y[j] += a * row[j];
  return sum;
}

static void row_update(double *row, double a, const double *w, double b, const double *v, size n) {
  pair f = {a, a}, g = {b, b};
  size j = 0;
  for (; j + 2 <= n; j += 2) STORE(row + j, LOAD(row + j) - f * LOAD(w + j) - g * LOAD(v + j));
  for (; j < n; j++) row[j] -= a * w[j] + b * v[j];
}

// row -= a · w + b · v; then y += c · row; returns the new row · x. What two passes would read twice.
static double row_update_times(double *row, double a, const double *w, double b, const double *v, const double *x,
                               double c, double *y, size n) {
  pair f = {a, a}, g = {b, b}, h = {c, c}, s = {0, 0};
  size j = 0;
  for (; j + 2 <= n; j += 2) {
    pair r = LOAD(row + j) - f * LOAD(w + j) - g * LOAD(v + j);
    STORE(row + j, r);
    s += r * LOAD(x + j);
    STORE(y + j, LOAD(y + j) + h * r);
  }
  double sum = sum_of(s);
  for (; j < n; j++) {
    row[j] -= a * w[j] + b * v[j];
    sum += row[j] * x[j];
    y[j] += c * row[j];
  }
  return sum;
}

// Turns x[0..n) into the vector v of the reflector I − τ v vᵀ that maps x to (β, 0, …), v[0] = 1. Returns β.
static double reflector(double *x, size n, double *tau) {
  double largest = 0;
  for (size i = 1; i < n; i++) largest = __builtin_fabs(x[i]) > largest ? __builtin_fabs(x[i]) : largest;
  double alpha = x[0];
  x[0] = 1;
  *tau = 0;
  if (largest == 0) return alpha;
  double all = __builtin_fabs(alpha) > largest ? __builtin_fabs(alpha) : largest;
  double s = (alpha / all) * (alpha / all);
  for (size i = 1; i < n; i++) s += (x[i] / all) * (x[i] / all);
  double norm = all * __builtin_sqrt(s);
  double beta = alpha > 0 ? -norm : norm;
  *tau = (beta - alpha) / beta;
  double scale = 1 / (alpha - beta);
  for (size i = 1; i < n; i++) x[i] *= scale;
  return beta;
}

// A = Q T Qᵀ for symmetric A [n, n], of which the upper triangle is read and overwritten: row k keeps, behind the
// diagonal, the vector of reflector k, Q = H₀ H₁ …; d [n], e [n], tau [n] (of these two the last is 0); work [3 n].
// Golub & Van Loan, Matrix Computations, 8.3.1; the update of one step and the product of the next are one pass.
EXPORT void tridiagonalize(size n, double *A, double *d, double *e, double *tau, double *work) {
  double *w = work, *p = work + n, *previous = 0;
  for (size k = 0; k < n; k++) {
    double *row = A + (long)k * n;
    if (previous) row_update(row + k, previous[k], w + k, w[k], previous + k, n - k);
    d[k] = row[k];
    e[k] = tau[k] = 0;
    if (k == n - 1) return;
    double *v = row; // v[j] belongs to row j; v[k + 1] = 1
    e[k] = reflector(v + k + 1, n - k - 1, tau + k);
    for (size j = k + 1; j < n; j++) p[j] = 0;
    for (size i = k + 1; i < n; i++) {
      double *r = A + (long)i * n;
      size from = i + 1, left = n - i - 1;
      double diagonal;
      if (previous) {
        r[i] -= previous[i] * w[i] + w[i] * previous[i];
        diagonal = r[i] * v[i];
        p[i] += diagonal + row_update_times(r + from, previous[i], w + from, w[i], previous + from, v + from, v[i], p + from, left);
      } else {
        diagonal = r[i] * v[i];
        p[i] += diagonal + row_times(r + from, v + from, v[i], p + from, left);
      }
    }
    double half = 0.5 * tau[k] * tau[k] * dot(p + k + 1, v + k + 1, n - k - 1);
    for (size j = k + 1; j < n; j++) w[j] = tau[k] * p[j] - half * v[j];
    previous = v;
  }
}

// C [n, m] ← Qᵀ C, or Q C when transposed is 0, for the reflectors of tridiagonalize; m a multiple of 8, 8 columns at once.
EXPORT void apply_reflectors(size n, const double *A, const double *tau, double *C, size m, size transposed) {
  for (size j = 0; j < m; j += 8) {
    for (size step = 0; step + 1 < n; step++) {
      size k = transposed ? step : n - 2 - step;
      if (tau[k] == 0) continue;
      const double *v = A + (long)k * n;
      pair a = {0, 0}, b = a, c = a, d = a;
      double *x = C + (long)(k + 1) * m + j;
      for (size i = k + 1; i < n; i++, x += m) {
        pair f = {v[i], v[i]};
        a += f * LOAD(x), b += f * LOAD(x + 2), c += f * LOAD(x + 4), d += f * LOAD(x + 6);
      }
      pair t = {tau[k], tau[k]};
      a *= t, b *= t, c *= t, d *= t;
      x = C + (long)(k + 1) * m + j;
      for (size i = k + 1; i < n; i++, x += m) {
        pair f = {v[i], v[i]};
        STORE(x, LOAD(x) - f * a), STORE(x + 2, LOAD(x + 2) - f * b);
        STORE(x + 4, LOAD(x + 4) - f * c), STORE(x + 6, LOAD(x + 6) - f * d);
      }
    }
  }
}

// Solves (T + λ I) X = B for tridiagonal T [n] and B [n, m] by L D Lᵀ, which needs no pivots when T + λ I is positive
// definite. Returns 0 when it is not. work [2 n]; m even.
EXPORT size solve_tridiagonal(size n, const double *d, const double *e, double lambda, const double *B, double *X,
                              size m, double *work) {
  double *pivot = work, *factor = work + n;
  for (size i = 0; i < n; i++) {
    pivot[i] = d[i] + lambda;
    if (i) {
      factor[i] = e[i - 1] / pivot[i - 1];
      pivot[i] -= factor[i] * e[i - 1];
    }
    if (!(pivot[i] > 0)) return 0;
  }
  for (size i = 0; i < n; i++) {
    pair f = {i ? factor[i] : 0, i ? factor[i] : 0};
    for (size j = 0; j < m; j += 2) {
      pair b = LOAD(B + (long)i * m + j);
      STORE(X + (long)i * m + j, i ? b - f * LOAD(X + (long)(i - 1) * m + j) : b);
    }
  }
  for (size i = n - 1; i >= 0; i--) {
    double next = i + 1 < n ? factor[i + 1] : 0, inverse = 1 / pivot[i];
    pair f = {next, next}, g = {inverse, inverse};
    for (size j = 0; j < m; j += 2) {
      pair x = LOAD(X + (long)i * m + j) * g;
      STORE(X + (long)i * m + j, i + 1 < n ? x - f * LOAD(X + (long)(i + 1) * m + j) : x);
    }
  }
  return 1;
}
