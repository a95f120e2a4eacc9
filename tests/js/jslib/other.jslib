mergeInto(LibraryManager.library, {
  $OtherState: { bonus: 2 },
  OfOther: function () { return 40; }
});
