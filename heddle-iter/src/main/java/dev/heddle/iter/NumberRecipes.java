package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.sources.FactorIter;
import dev.heddle.iter.stages.RunningMedian;
import java.math.BigInteger;
import java.util.BitSet;

/**
 * The recipes of Python's {@code itertools} documentation that compute numbers.
 *
 * <p>Functions that return an {@link Iter} are lazy, and closing it closes the sources; the others read the sources to their
 * end at once. Nothing here is thread-safe; nothing blocks unless a source does.
 */
public final class NumberRecipes {
  private NumberRecipes() {}

  /** The sum of the products of two vectors of equal length, otherwise an {@link IllegalArgumentException}. */
  public static double sumProd(Iterable<? extends Number> first, Iterable<? extends Number> second) {
    return Itertools.<Number, Number>zipStrict(first, second)
        .sumDouble(pair -> pair.first().doubleValue() * pair.second().doubleValue());
  }

  /** The sum of the squares of numbers. */
  public static double sumOfSquares(Iterable<? extends Number> source) {
    return Builtins.sumDouble(Iter.<Number>from(source).map(n -> n.doubleValue() * n.doubleValue()));
  }

  /** The mean of the first number, of the first two, of the first three, and so on. */
  public static Iter<Double> runningMean(Iterable<? extends Number> source) {
    double[] sum = new double[1];
    return Iter.<Number>from(source).enumerate(1).map(e -> (sum[0] += e.value().doubleValue()) / e.index());
  }

  /** The median of the first number, of the first two, of the first three, and so on; all numbers are kept. */
  public static Iter<Double> runningMedian(Iterable<? extends Number> source) {
    RunningMedian median = new RunningMedian();
    return Iter.<Number>from(source).map(n -> median.with(n.doubleValue()));
  }

  // Polynomials: the coefficient of the highest power comes first

  /** The value of a polynomial at a place; 0 when it has no coefficients. */
  public static double polynomialEval(double[] coefficients, double x) {
    double value = 0;
    for (double coefficient : Check.notNull(coefficients, "coefficients")) {
      value = value * x + coefficient;
    }
    return value;
  }

  /** The coefficients of {@code (x - root) (x - root) ...}. */
  public static double[] polynomialFromRoots(double... roots) {
    double[] coefficients = {1};
    for (double root : Check.notNull(roots, "roots")) {
      double[] product = new double[coefficients.length + 1];
      for (int i = 0; i < coefficients.length; i++) {
        product[i] += coefficients[i];
        product[i + 1] -= root * coefficients[i];
      }
      coefficients = product;
    }
    return coefficients;
  }

  /** The coefficients of the derivative of a polynomial. */
  public static double[] polynomialDerivative(double... coefficients) {
    int degree = Check.notNull(coefficients, "coefficients").length - 1;
    double[] derivative = new double[Math.max(degree, 0)];
    for (int i = 0; i < degree; i++) {
      derivative[i] = coefficients[i] * (degree - i);
    }
    return derivative;
  }

  // Whole numbers

  /** The prime numbers below {@code limit}, 0 or more; they are computed at once, with a bit for each number. */
  public static Iter<Integer> sieve(int limit) {
    Check.notNegative(limit, "limit", "the primes begin with 2");
    BitSet primes = new BitSet(limit);
    primes.set(Math.min(2, limit), limit);
    for (int p = 2; (long) p * p < limit; p = primes.nextSetBit(p + 1)) {
      for (long multiple = (long) p * p; multiple < limit; multiple += p) {
        primes.clear((int) multiple);
      }
    }
    return Iter.fromStream(primes.stream().boxed());
  }

  /** The prime factors of {@code n}, 1 or more, in ascending order; each is found by trial division when it is asked for. */
  public static Iter<Long> factor(long n) {
    return new FactorIter(Check.positive(n, "n", "only positive numbers have prime factors"));
  }

  /** Whether a number is prime; it is wrong with a probability below {@code 2^-100}. */
  public static boolean isPrime(long n) {
    return n > 1 && BigInteger.valueOf(n).isProbablePrime(100);
  }

  /** How many of the numbers from 1 to {@code n}, 1 or more, have no common factor with {@code n}. */
  public static long totient(long n) {
    return Recipes.uniqueJustSeen(factor(n)).reduce(n, (rest, prime) -> rest - rest / prime);
  }

  /** The number of different orders of a multiset with the given counts, each 0 or more. */
  public static BigInteger multinomial(int... counts) {
    BigInteger orders = BigInteger.ONE;
    long placed = 0;
    for (int count : Check.notNull(counts, "counts")) {
      Check.notNegative(count, "count", "it says how often an element is there");
      for (int i = 1; i <= count; i++) {
        placed++;
        orders = orders.multiply(BigInteger.valueOf(placed)).divide(BigInteger.valueOf(i));
      }
    }
    return orders;
  }
}
