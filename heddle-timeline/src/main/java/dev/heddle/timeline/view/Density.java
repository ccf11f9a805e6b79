package dev.heddle.timeline.view;

/** For each pixel of a row, the share of it that spans narrower than a pixel cover, by kind. */
final class Density {
  private static final int LEVELS = 8;
  private static final double AN_INSTANT = 1e-6; // pixels of a span of no length, which shows, too

  private static final double ROUNDING = 1e-4; // of the sums

  private final int pixels;
  private final int kinds;
  private final float[] covered; // of each pixel, by kind

  /** Draws a run of pixels of the same colour and density. */
  interface Painter {
    void paint(int from, int to, int kind, double share);
  }

  Density(int pixels, int kinds) {
    this.pixels = pixels;
    this.kinds = Math.max(1, kinds);
    this.covered = new float[pixels * this.kinds];
  }

  /** Adds a span, which may reach into the next pixel. */
  void add(double from, double width, int kind) {
    int pixel = (int) Math.min(pixels - 1, Math.max(0, from));
    double here = Math.min(width, pixel + 1 - from);
    covered[pixel * kinds + kind] += (float) Math.max(here, AN_INSTANT);
    if (width > here && pixel + 1 < pixels) {
      covered[(pixel + 1) * kinds + kind] += (float) (width - here);
    }
  }

  void draw(Painter painter) {
    int from = 0;
    while (from < pixels) {
      int kind = dominant(from);
      int level = level(from);
      int to = from + 1;
      while (to < pixels && level(to) == level && (level == 0 || dominant(to) == kind)) {
        to++;
      }
      if (level > 0) {
        painter.paint(from, to, kind, (double) level / LEVELS);
      }
      from = to;
    }
  }

  private int level(int pixel) {
    float sum = 0;
    for (int kind = 0; kind < kinds; kind++) {
      sum += covered[pixel * kinds + kind];
    }
    return sum == 0 ? 0 : Math.max(1, (int) Math.ceil(Math.min(1, sum - ROUNDING) * LEVELS));
  }

  private int dominant(int pixel) {
    int most = 0;
    for (int kind = 1; kind < kinds; kind++) {
      if (covered[pixel * kinds + kind] > covered[pixel * kinds + most]) {
        most = kind;
      }
    }
    return most;
  }
}
