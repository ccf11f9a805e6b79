package dev.heddle.timeline.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The colours of kinds, as readers with and without all kinds of cones see them; by computation. */
class PaletteTest {
  private static final double[][] ALL_CONES = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  // Machado, Oliveira and Fernandes 2009, for linear RGB
  private static final double[][] NO_LONG = {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}};
  private static final double[][] NO_MEDIUM = {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}};
  private static final double[][] NO_SHORT = {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}};

  private static final Palette PALETTE = palette();

  private static Palette palette() {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      spans.add(new Span("w", "kind " + (char) ('a' + i), i * 10L, i * 10L + 9));
    }
    return Palette.of(Timeline.of(spans));
  }

  private static List<String> colors(IntFunction<String> of) {
    return IntStream.range(0, PALETTE.legend().size()).mapToObj(of).toList();
  }

  @Test
  void kinds_ofMostTime_haveAColourEach_andOthersShareOne() {
    assertThat(PALETTE.legend()).hasSize(9).endsWith(Palette.OTHERS);
    assertThat(colors(PALETTE::light)).doesNotHaveDuplicates();
    assertThat(colors(PALETTE::dark)).doesNotHaveDuplicates();
  }

  @Test
  void colours_contrastWithTheirBackground() {
    assertThat(colors(PALETTE::light)).allSatisfy(each -> assertThat(contrast(each, "#ffffff")).isGreaterThanOrEqualTo(3));
    assertThat(colors(PALETTE::dark)).allSatisfy(each -> assertThat(contrast(each, "#14171d")).isGreaterThanOrEqualTo(3));
  }

  @Test
  void colours_areToldApart_whateverConesTheReaderHas() {
    for (List<String> colors : List.of(colors(PALETTE::light), colors(PALETTE::dark))) {
      for (double[][] cones : List.of(ALL_CONES, NO_LONG, NO_MEDIUM, NO_SHORT)) {
        for (int i = 0; i < colors.size(); i++) {
          for (int k = 0; k < i; k++) {
            assertThat(distance(colors.get(i), colors.get(k), cones)).as(colors.get(i) + " and " + colors.get(k))
                .isGreaterThanOrEqualTo(25);
          }
        }
      }
    }
  }

  /** The contrast of two colours as the Web Content Accessibility Guidelines define it. */
  private static double contrast(String a, String b) {
    double x = luminance(linear(a));
    double y = luminance(linear(b));
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }

  private static double luminance(double[] rgb) {
    return 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
  }

  private static double[] linear(String color) {
    int rgb = Integer.parseInt(color.substring(1), 16);
    return IntStream.of(rgb >> 16, rgb >> 8, rgb).mapToDouble(each -> {
      double value = (each & 255) / 255.0;
      return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }).toArray();
  }

  private static double distance(String a, String b, double[][] cones) {
    double[] x = lab(seen(linear(a), cones));
    double[] y = lab(seen(linear(b), cones));
    return Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> (x[i] - y[i]) * (x[i] - y[i])).sum());
  }

  private static double[] seen(double[] rgb, double[][] cones) {
    return IntStream.range(0, 3)
        .mapToDouble(i -> Math.clamp(cones[i][0] * rgb[0] + cones[i][1] * rgb[1] + cones[i][2] * rgb[2], 0, 1)).toArray();
  }

  /** Converts linear RGB to CIELAB under daylight (D65). */
  private static double[] lab(double[] rgb) {
    double x = root((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
    double y = root(luminance(rgb));
    double z = root((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
    return new double[]{116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double root(double value) {
    return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
  }
}
