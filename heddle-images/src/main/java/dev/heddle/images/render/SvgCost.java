package dev.heddle.images.render;

/**
 * The effort of rendering a document.
 *
 * @param points how many points of lines and curves are drawn, about
 * @param shapes how many elements are drawn
 * @param scale how many times as long its transformations make a line at the most
 * @param clipping how long the outlines of clip paths take to compute: the sum of the squares of their points, for each time
 *     that one is used
 * @param clips how many clip paths are used inside each other at the most
 * @param strokes whether lines are drawn, which takes several times as long as to fill what they enclose
 * @param simple whether it has only elements and values whose time grows with the points and the pixels
 */
record SvgCost(double points, double shapes, double scale, double clipping, int clips, boolean strokes,
    boolean simple) {
  private static final double MOST_POINTS = 2e6;
  private static final long MOST_PIXELS = 1 << 20;
  private static final double MOST_CROSSINGS = 1e7;
  private static final int STROKE = 2; // times as long as filling, at the least
  private static final double MOST_CLIPPING = 40_000; // 5 µs each, since each line of an outline is compared with each other one
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
        && points * height * (strokes ? STROKE : 1) <= MOST_CROSSINGS
        && clips <= 1 // where outlines cross, they make new points, which double with each further one
        && clipping <= MOST_CLIPPING
        && shapes * pixels <= MOST_PAINTED;
  }
}
