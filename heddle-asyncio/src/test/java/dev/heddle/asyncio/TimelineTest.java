package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The record of who ran when, in its forms. */
class TimelineTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  @Test
  void text_tellsWhoRanWhen() {
    Timeline timeline = new Timeline();
    EventLoop.run(
        options().withTimeline(timeline),
        async(
            a -> {
              Task<String> one = Asyncio.createTask("one", later(1, "x"));
              return a.await(one);
            }));
    assertThat(timeline.text())
        .isEqualTo(
            """
                   0.000 ms     0.000 ms  main  waiting for task 'one'
                   0.000 ms     0.000 ms  one   sleeping for PT1S
                1000.000 ms     0.000 ms  one   finished
                1000.000 ms     0.000 ms  main  finished
            """);
  }

  @Test
  void pictures_areWellFormed_andEscape() throws Exception {
    Timeline timeline = new Timeline();
    timeline.add("thread <1> \"a\" & b", "back\\slash\nline", 1_000, 5_000);
    timeline.add("two", "x", 2_000, 3_000);
    for (String xml : new String[] {timeline.svg(), timeline.html("A & B").replace("<!doctype html>", "")}) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml.replace("<meta charset=\"utf-8\">", ""))));
    }
    assertThat(timeline.chromeTrace())
        .isEqualTo(
            """
            {"traceEvents":[
            {"ph":"M","pid":1,"tid":0,"name":"thread_name","args":{"name":"thread <1> \\"a\\" & b"}},
            {"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{"name":"two"}},
            {"ph":"X","pid":1,"tid":0,"ts":0.000,"dur":4.000,"name":"back\\\\slash\\u000aline"},
            {"ph":"X","pid":1,"tid":1,"ts":1.000,"dur":1.000,"name":"x"}
            ]}
            """);
    assertThat(new Timeline().chromeTrace()).isEqualTo("{\"traceEvents\":[\n]}\n");
    assertThatThrownBy(() -> timeline.add("x", "y", 2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
