// Wagtail's picker of dates and times writes now, or a day nearby, over what it can't read: "4 February 2026", "6pm",
// 30 February. The forms read the first two and say in words what is wrong with the third, so what was typed stays.
if (window.jQuery?.fn.datetimepicker) {
  jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
  // What else the picker did when its field was left.
  jQuery(document).on("focusout", (event) => {
    const field = jQuery(event.target);
    if (field.data("xdsoft_datetimepicker")) field.datetimepicker("hide");
  });
}
