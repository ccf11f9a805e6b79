module old {
  exports words;
}
