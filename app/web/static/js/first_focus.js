// The error summary takes the focus, so that it is the first thing read.
document.querySelector("[data-takes-focus]").focus();
document.title = `Error: ${document.title}`;
