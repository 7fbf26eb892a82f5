package com.visitorcount.local.site;

/** A file of the site; all are texts. */
record SiteFile(String contentType, String content) {}
