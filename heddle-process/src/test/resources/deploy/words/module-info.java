module words {
  exports words;
  uses words.Word;
  provides words.Word with words.Polite;
}
