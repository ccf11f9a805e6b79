package dev.heddle.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void of_values_parseBack() throws Exception {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("q\"", "back\\slash \n\r\t\u0001\u007f\u2028 \ud83d\ude00 \ud83d");
    map.put("list", Arrays.asList(1, 2.5, true, null, Double.NaN, Double.NEGATIVE_INFINITY));
    map.put("empty", List.of());
    map.put("none", Map.of());
    String json = JsonText.of(map);
    assertThat(json).doesNotContain("NaN", "Infinity", "\u0001", "\u2028", "\ud83d ");
    JsonObject back = JsonParser.object().from(json);
    assertThat(back.keySet()).containsExactlyInAnyOrder("q\"", "list", "empty", "none");
    assertThat(back.getString("q\"")).isEqualTo("back\\slash \n\r\t\u0001\u007f\u2028 \ud83d\ude00 \ufffd");
    assertThat(back.getArray("list")).containsExactly(1, 2.5, true, null, null, null);
    assertThat(back.getArray("empty")).isEmpty();
  }

  @Test
  void of_otherObject_isRefused() {
    assertThatThrownBy(() -> JsonText.of(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object");
  }
}
