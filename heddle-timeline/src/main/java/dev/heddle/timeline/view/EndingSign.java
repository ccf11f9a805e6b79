package dev.heddle.timeline.view;

import dev.heddle.timeline.Span;

/**
 * The signs of the endings of spans: the one table for all forms. The page's script draws their marks by their numbers,
 * which count in the order of the constants.
 */
enum EndingSign {
  COMPLETED(0, ' ', "", "completed"), FAILED(1, '!', "✕", "failed"), RETRIED(2, '?', "↻", "retried"), CANCELLED(3, '/', "/",
      "cancelled"), CRASHED(4, 'X', "▲", "crashed"), RUNNING(5, '>', "▶", "still running");

  private final int code;
  private final char character;
  private final String symbol;
  private final String word;

  EndingSign(int code, char character, String symbol, String word) {
    this.code = code;
    this.character = character;
    this.symbol = symbol;
    this.word = word;
  }

  static EndingSign of(Span.Ending ending) {
    return switch (ending) {
      case COMPLETED -> COMPLETED;
      case FAILED -> FAILED;
      case RETRIED -> RETRIED;
      case CANCELLED -> CANCELLED;
      case CRASHED -> CRASHED;
      case RUNNING -> RUNNING;
    };
  }

  /** Whether it is marked in diagrams. */
  boolean isMarked() {
    return this != COMPLETED;
  }

  /** Its number in the page's data. */
  int code() {
    return code;
  }

  /** Its sign in text. */
  char character() {
    return character;
  }

  /** What its mark in a picture looks like. */
  String symbol() {
    return symbol;
  }

  String word() {
    return word;
  }
}
