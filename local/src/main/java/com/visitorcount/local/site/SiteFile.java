package com.visitorcount.local.site;

/** One file of the site, all of which are texts. */
record SiteFile(String contentType, String content) {}
