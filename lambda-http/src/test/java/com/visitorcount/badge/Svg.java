package com.visitorcount.badge;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** A badge as parsed by a strict XML parser. */
record Svg(Document document) {
  private static final DocumentBuilder PARSER = parser();

  /** Fails if the text is not well-formed or has a document type. */
  static synchronized Svg parse(String text) {
    try {
      return new Svg(PARSER.parse(new InputSource(new StringReader(text))));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + text, e);
    }
  }

  private static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder parser = factory.newDocumentBuilder();
      parser.setErrorHandler(new DefaultHandler());
      return parser;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  String attribute(String name) {
    return document.getDocumentElement().getAttribute(name);
  }

  String title() {
    return document.getElementsByTagName("title").item(0).getTextContent();
  }

  List<Element> elements(String name) {
    NodeList found = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** The visible texts, without shadows. */
  List<String> texts() {
    return elements("text").stream()
        .filter(text -> !text.hasAttribute("aria-hidden"))
        .map(Element::getTextContent)
        .toList();
  }

  /** The backgrounds, left and right. */
  List<String> fills() {
    return elements("path").stream().map(path -> path.getAttribute("fill")).toList();
  }
}
