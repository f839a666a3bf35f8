//! Pages in other languages and scripts.

use super::*;

#[test]
fn german_site() {
    let text = "Zum Inhalt springen

Startseite > Berufe > Pflegefachkraft

Pflegefachkraft (m/w/d)

Wir verwenden Cookies, um Ihnen das beste Erlebnis auf unserer Seite zu bieten.

Aufgaben

Eine Pflegefachkraft versorgt Menschen, die krank oder alt sind, und leitet Hilfskräfte an.

  • Patienten versorgen
  • Medikamente verabreichen
  • Angehörige beraten

Für den Beruf braucht man eine dreijährige Ausbildung, die mit einer staatlichen Prüfung endet.

  • Mittlerer Schulabschluss
  • Gesundheitliche Eignung

Das Gehalt liegt je nach Bundesland und Träger zwischen 2.800 € und 3.900 € brutto im Monat.

Impressum

Datenschutz
";
    let wanted = r#"# Pflegefachkraft (m/w/d)
## responsibilities "Aufgaben"
p Eine Pflegefachkraft versorgt Menschen, die krank oder alt sind, und leitet Hilfskräfte an.
* Patienten versorgen
* Medikamente verabreichen
* Angehörige beraten
## requirements (inferred)
p Für den Beruf braucht man eine dreijährige Ausbildung, die mit einer staatlichen Prüfung endet.
* Mittlerer Schulabschluss
* Gesundheitliche Eignung
## salary (inferred)
p Das Gehalt liegt je nach Bundesland und Träger zwischen 2.800 € und 3.900 € brutto im Monat.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn chinese_page() {
    let text = "数据工程师

概述

数据工程师负责建设和维护公司的数据管道。他们与分析师和产品经理密切合作。

职责

• 设计数据仓库
• 维护数据管道

要求

• 计算机科学学士学位
• 三年以上经验
";
    let wanted = r#"# 数据工程师
## u6982u8ff0 "概述"
p 数据工程师负责建设和维护公司的数据管道。他们与分析师和产品经理密切合作。
## u804cu8d23 "职责"
* 设计数据仓库
* 维护数据管道
## u8981u6c42 "要求"
* 计算机科学学士学位
* 三年以上经验
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn arabic_page() {
    let text = "مهندس بيانات

نظرة عامة

يبني مهندس البيانات خطوط البيانات التي يعتمد عليها المحللون في الشركة كل يوم.

• بناء خطوط البيانات
• مراقبة الجودة
";
    let wanted = r#"# مهندس بيانات
## u646u638u631u629u639u627u645u629 "نظرة عامة"
p يبني مهندس البيانات خطوط البيانات التي يعتمد عليها المحللون في الشركة كل يوم.
* بناء خطوط البيانات
* مراقبة الجودة
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn spanish_site() {
    let text = "Saltar al contenido

Inicio > Empleos > Ingeniero de datos

Ingeniero de datos

Funciones

Un ingeniero de datos construye los sistemas que mueven la información de la empresa.

  - Diseñar bases de datos
  - Mantener los procesos

Para acceder al puesto se requiere un título universitario y dos años de experiencia en el sector.

  - SQL
  - Python

El salario medio es de 38.000 € al año en las grandes ciudades.
";
    let wanted = r#"# Ingeniero de datos
## responsibilities "Funciones"
p Un ingeniero de datos construye los sistemas que mueven la información de la empresa.
* Diseñar bases de datos
* Mantener los procesos
## requirements (inferred)
p Para acceder al puesto se requiere un título universitario y dos años de experiencia en el sector.
* SQL
* Python
## salary (inferred)
p El salario medio es de 38.000 € al año en las grandes ciudades.
"#;
    assert_eq!(shape(text), wanted);
}
