package dev.heddle.images.render;

/**
 * The effort of rendering a document.
 *
 * @param points how many points of lines and curves are drawn, about
 * @param shapes how many elements are drawn
 * @param scale how many times as long its transformations make a line at the most
 * @param simple whether it has only elements and values whose time grows with the points and the pixels
 */
record SvgCost(double points, double shapes, double scale, boolean simple) {
  private static final double MOST_POINTS = 2e6;
  private static final long MOST_PIXELS = 1 << 20;
  private static final double MOST_CROSSINGS = 1e8;
  private static final double MOST_PAINTED = 1e9;
  private static final double MOST_SCALE = 1000;

  /** Whether drawing it would take too long in any process. */
  boolean isHopeless() {
    return points > MOST_POINTS;
  }

  /**
   * Whether it can be rendered within a second or two, and in little memory.
   *
   * @param unit how many pixels a unit of the document's lengths takes
   */
  boolean isQuick(int width, int height, double unit) {
    long pixels = (long) width * height;
    return simple
        && pixels <= MOST_PIXELS
        && scale * unit <= MOST_SCALE
        && points * height <= MOST_CROSSINGS
        && shapes * pixels <= MOST_PAINTED;
  }
}
