package dev.heddle.images.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.images.ContactSheet;
import dev.heddle.images.ImagesException;
import dev.heddle.images.Thumbnail;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FlagRendererTest {
  private static final String TRICOLOUR = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480">
        <rect width="640" height="160" fill="#ff0000"/>
        <rect y="160" width="640" height="160" fill="#00ff00"/>
        <rect y="320" width="640" height="160" fill="#0000ff"/>
      </svg>
      """;

  private static SvgFlag svg(String code, String text) {
    return new SvgFlag(code, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void render_drawsInTheWidthAskedFor() throws Exception {
    BufferedImage image = FlagRenderer.render(svg("XX", TRICOLOUR), 200).image();

    assertThat(image.getWidth()).isEqualTo(200);
    assertThat(image.getHeight()).isEqualTo(150);
    assertThat(image.getRGB(100, 25)).isEqualTo(0xFFFF0000);
    assertThat(image.getRGB(100, 75)).isEqualTo(0xFF00FF00);
    assertThat(image.getRGB(100, 125)).isEqualTo(0xFF0000FF);
  }

  @Test
  void render_ofWhatIsNoSvg_saysWhose() {
    assertThatThrownBy(() -> FlagRenderer.render(svg("XX", "no picture"), 200))
        .isInstanceOf(ImagesException.Unreadable.class)
        .hasMessageContaining("the flag of XX");
  }

  @Test
  void render_loadsNothingFromElsewhere() throws Exception {
    String spy = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">
          <image href="http://127.0.0.1:9/spy.png" width="4" height="3"/>
        </svg>
        """;

    assertThat(FlagRenderer.render(svg("XX", spy), 4).image().getRGB(1, 1)).isZero();
  }

  @Test
  void resize_makesAPngOfEachWidth() throws Exception {
    RenderedFlag picture = FlagRenderer.render(svg("XX", TRICOLOUR), 640);

    List<Thumbnail> sizes = FlagRenderer.resize(picture, List.of(320, 64, 16));

    assertThat(sizes).extracting(Thumbnail::fileName).containsExactly("xx-320.png", "xx-64.png", "xx-16.png");
    for (Thumbnail each : sizes) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(each.png()));
      assertThat(image.getWidth()).isEqualTo(each.width());
      assertThat(image.getHeight()).isEqualTo(each.width() * 3 / 4);
      assertThat(image.getRGB(each.width() / 2, 1)).isEqualTo(0xFFFF0000);
    }
  }

  @Test
  void contactSheet_showsEveryThumbnail() throws Exception {
    List<Thumbnail> thumbnails = new ArrayList<>();
    for (String code : List.of("CC", "AA", "BB")) {
      thumbnails.addAll(FlagRenderer.resize(FlagRenderer.render(svg(code, TRICOLOUR), 64), List.of(32)));
    }

    BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(ContactSheet.png(thumbnails)));

    int red = 0;
    int ink = 0;
    for (int x = 0; x < sheet.getWidth(); x++) {
      for (int y = 0; y < sheet.getHeight(); y++) {
        red += sheet.getRGB(x, y) == 0xFFFF0000 ? 1 : 0;
        ink += sheet.getRGB(x, y) == 0xFF40403C ? 1 : 0;
      }
    }
    assertThat(red).isEqualTo(3 * 32 * 8);
    assertThat(ink).as("dots of AA, BB and CC").isEqualTo(2 * (10 + 10 + 7));
  }

  @Test
  void contactSheet_ofNothing_isRefused() {
    assertThatThrownBy(() -> ContactSheet.png(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thumbnails");
  }
}
