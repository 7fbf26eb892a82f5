<#-- What NOTICE says first: a line for each library of a function jar. -->
<#assign lines = []>
<#list dependencyMap as entry>
<#assign library = entry.key>
<#assign lines = lines + [entry.value?join(" or ") + ": " + library.groupId + ":" + library.artifactId + ":" + library.version]>
</#list>
VisitorCount ships these libraries in its jars, their classes unchanged, each under the licence
before it. What the libraries themselves ask to be said stands below.
The licences: META-INF/LICENSE of the jars, licenses/libraries.txt of the sources.
The patterns of bots in the increment function's jar are made from isbot 5.2.3 (npm), which is under the Unlicense.
The flags in the read function's jar are made from country-flag-icons 1.6.20 (npm), which is under the MIT licence.

<#list lines?sort as line>
${line}
</#list>

