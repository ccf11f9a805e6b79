package dev.heddle.images.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.Countries;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which documents are rendered without a worker process. */
@Timeout(60)
final class SvgMeasureTest {

  private static SvgCost cost(String content) throws Exception {
    String text = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 4 3'>"
        + content + "</svg>";
    return SvgMeasure.of(new SvgFlag("XX", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void references_countAsOftenAsTheyAreDrawn() throws Exception {
    SvgCost cost = cost("<g id='a'><rect/><rect/></g><use href='#a'/><use xlink:href='#a'/>");
    assertThat(cost.shapes()).isEqualTo(12); // svg, g, two rectangles, two uses, and twice g and its rectangles
    assertThat(cost.simple()).isTrue();
  }

  @Test
  void scales_multiplyAlongReferences() throws Exception {
    assertThat(cost("<g id='a' transform='scale(5)'/><g transform='scale(3 2)'><use href='#a'/></g>").scale()).isEqualTo(15);
    assertThat(cost("<g transform='rotate(30) translate(1,2)'/>").scale()).isEqualTo(1);
    assertThat(cost("<g transform='matrix(-3 0 0 3 1000 1000)'/>").scale()).isEqualTo(6);
  }

  @Test
  void elementsAndValues_thatCanTakeAnyTime_areNotSimple() throws Exception {
    for (String content : new String[]{"<filter/>", "<mask/>", "<pattern/>", "<text/>", "<image/>", "<style/>", "<svg/>",
        "<path stroke-dasharray='1'/>", "<path style='stroke-dasharray:1'/>", "<path d='M0 0H1000000'/>",
        "<path d='M0 0H1e9'/>", "<g transform='skewX(89)'/>", "<g filter='blur(9px)'/>"}) {
      assertThat(cost(content).simple()).as(content).isFalse();
    }
  }

  /** A declaration of a style stands for the attribute of its name. */
  @Test
  void styles_thatStandForOtherAttributes_areNotSimple() throws Exception {
    for (String style : new String[]{"d:M0 0L9 9", "href:#a", "points:0,0 9,9", "transform:scale(99999)", "fill:url(#p)",
        "fill:red;d:M0 0",
        "fill:red;".repeat(200)}) {
      assertThat(cost("<path style='" + style + "'/>").simple()).as(style).isFalse();
    }
    for (String style : new String[]{"", "fill:red", "fill:#fff; fill-rule: evenodd;", "stroke:red;stroke-linejoin:round"}) {
      assertThat(cost("<path style='" + style + "'/>").simple()).as(style).isTrue();
    }
  }

  private static boolean isQuick(String content) throws Exception {
    return cost(content).isQuick(320, 240, 1);
  }

  /** The JDK compares each line of a clip path's outline with each other one: 1000 points take seconds. */
  @Test
  void clipPaths_ofManyPoints_areNotQuick() throws Exception {
    assertThat(isQuick("<clipPath id='c'><path d='M0 0h9v9z'/></clipPath>" + "<g clip-path='url(#c)'/>".repeat(50)))
        .isTrue();
    assertThat(isQuick("<clipPath id='c'><path d='M0 0" + "l9 9".repeat(200) + "'/></clipPath>")).as("not used").isTrue();
    for (String content : new String[]{
        "<clipPath id='c'><polygon points='" + "17,36 ".repeat(200) + "'/></clipPath><g clip-path='url(#c)'/>",
        "<clipPath id='c'>" + "<rect/>".repeat(60) + "</clipPath><g clip-path='url(#c)'/>",
        "<clipPath id='c'>" + "<use href='#p'/>".repeat(30)
            + "</clipPath><path id='p' d='M0 0h9v9z'/><g clip-path='url(#c)'/>",
        "<clipPath id='c'><path d='M0 0h9v9z'/></clipPath>" + "<g clip-path='url(#c)'/>".repeat(5000),
        "<clipPath id='c'><rect/></clipPath><clipPath id='d'><rect/></clipPath>"
            + "<g clip-path='url(#c)'><g clip-path='url(#d)'/></g>",
        "<clipPath id='c'><rect/></clipPath><clipPath id='d' clip-path='url(#c)'><rect/></clipPath><g clip-path='url(#d)'/>",
        "<clipPath id='c'><rect/></clipPath><g id='u' clip-path='url(#c)'/><g clip-path='url( #c )'><use href='#u'/></g>"}) {
      assertThat(isQuick(content)).as(content).isFalse();
    }
  }

  @Test
  void longLines_areNotQuick() throws Exception {
    String path = "q9 9 0 48".repeat(10_000);
    assertThat(isQuick("<path d='M0 0" + path + "'/>")).as("filled").isTrue();
    assertThat(isQuick("<path stroke='none' d='M0 0" + path + "'/>")).as("filled").isTrue();
    assertThat(isQuick("<path stroke='red' d='M0 0" + path + "'/>")).isFalse();
    assertThat(isQuick("<path style='stroke:red' d='M0 0" + path + "'/>")).isFalse();
    assertThat(isQuick("<path d='M0 0" + path.repeat(10) + "'/>")).isFalse();
  }

  @Test
  void flags_areQuick() throws Exception {
    List<String> slow = new ArrayList<>();
    try (FlagServer server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
        HttpClient http = HttpClient.newHttpClient()) {
      for (String code : Countries.POP20) {
        String cc = code.toLowerCase(Locale.ROOT);
        byte[] svg = http.send(HttpRequest.newBuilder(server.uri("/flags/" + cc + "/" + cc + ".svg")).build(),
            HttpResponse.BodyHandlers.ofByteArray()).body();
        SvgCost cost = SvgMeasure.of(new SvgFlag(code, svg));
        if (!cost.isQuick(320, 240, 0.5)) {
          slow.add(code + " " + cost);
        }
      }
    }
    assertThat(slow).as("of the 20 most populous countries").isEmpty();
  }
}
