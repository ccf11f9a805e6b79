module more {
  requires words;
  provides words.Word with more.Loud;
}
